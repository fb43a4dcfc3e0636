-- Batches of runs. Everything that is known of a batch is its row and one row an item; both leave with the partitions of the
-- batch's time.
create table batch (
    id uuid not null primary key,
    environment_id uuid not null,
    expected int not null check (expected > 0),
    idempotency_key text,
    parent_run_id uuid,
    created_at timestamptz not null,
    sealed_at timestamptz,
    completed_at timestamptz,
    updated_at timestamptz not null,
    received int not null default 0 check (received between 0 and expected),
    failed int not null default 0 check (failed between 0 and received),
    finished int not null default 0 check (finished between 0 and received - failed),
    status text not null check (status in ('PENDING', 'COMPLETED', 'PARTIAL_FAILED', 'ABORTED')),
    check (sealed_at is null or received = expected),
    check ((status in ('COMPLETED', 'ABORTED')) = (completed_at is not null)),
    check (status <> 'COMPLETED' or finished + failed = expected)
) partition by range (id);

create index batch_environment_id_idx on batch (environment_id, id desc);

-- An item and the run that it became. A cached item's key led to a run of an earlier call, which is no member of the batch.
create table batch_item (
    batch_id uuid not null,
    index int not null check (index >= 0),
    task_id text not null,
    run_id uuid,
    is_cached boolean not null default false,
    error_code text,
    error text,
    primary key (batch_id, index),
    check (run_id is not null or error_code is not null)
) partition by range (batch_id);

create index batch_item_run_id_idx on batch_item (run_id) where run_id is not null;

-- Idempotency keys of callers (kind 'K') and of single calls (kind 'R'), stored as SHA-256.
create table batch_key (
    environment_id uuid not null,
    kind char(1) not null check (kind in ('K', 'R')),
    key_hash bytea not null,
    batch_id uuid not null,
    expires_at timestamptz not null,
    primary key (environment_id, kind, key_hash)
);

create index batch_key_expires_at_idx on batch_key (expires_at);

alter table run
    add column batch_id uuid,
    add column batch_index int;

create index run_batch_id_idx on run (batch_id) where batch_id is not null;

create table batch_default partition of batch default with (fillfactor = 60);
create table batch_item_default partition of batch_item default;

create or replace function ensure_run_partitions(first_month date, months int) returns void
    language plpgsql as
$$
declare
    parent text;
    lower_bound timestamptz;
    partition_name text;
begin
    foreach parent in array array[
        'run', 'run_state', 'run_result', 'run_transition', 'waitpoint', 'waitpoint_edge', 'batch', 'batch_item'] loop
        for i in 0..months - 1 loop
            lower_bound := (date_trunc('month', first_month) + make_interval(months => i))::timestamp at time zone 'UTC';
            partition_name := parent || to_char(lower_bound at time zone 'UTC', '"_p"YYYYMM');
            if to_regclass(partition_name) is null then
                execute format(
                    'create table %I partition of %I for values from (%L) to (%L) with (fillfactor = %s)',
                    partition_name,
                    parent,
                    first_run_id_at(lower_bound),
                    first_run_id_at((lower_bound at time zone 'UTC' + interval '1 month') at time zone 'UTC'),
                    -- A state and a batch are written many times: room on the page keeps the versions together.
                    case when parent in ('run_state', 'batch') then 60 else 100 end);
            end if;
        end loop;
    end loop;
end
$$;
