-- What runs can wait for, and which run waits for what.
--
-- The waitpoint of a run has the run's id, the waitpoint of a batch the batch's: there is one each, and both leave with
-- the partitions of their time. The output of a run's waitpoint is the run's result and not stored twice.
create table waitpoint (
    id uuid not null primary key,
    environment_id uuid not null,
    kind text not null check (kind in ('RUN', 'DATETIME', 'MANUAL', 'BATCH')),
    due_at timestamptz,
    idempotency_key text,
    key_expires_at timestamptz,
    tags text[] not null default '{}',
    created_at timestamptz not null,
    status text not null check (status in ('PENDING', 'COMPLETED')),
    completed_at timestamptz,
    output_is_error boolean not null default false,
    output_type text,
    output text,
    check ((status = 'COMPLETED') = (completed_at is not null))
) partition by range (id);

create index waitpoint_environment_id_idx on waitpoint (environment_id, id desc) where kind = 'MANUAL';

-- Keys of callers. A table of its own, because a unique index on a partitioned table could not hold keys unique. Keys are
-- stored as SHA-256; one without an end never expires.
create table waitpoint_key (
    environment_id uuid not null,
    kind text not null,
    key_hash bytea not null,
    waitpoint_id uuid not null,
    expires_at timestamptz,
    primary key (environment_id, kind, key_hash)
);

create index waitpoint_key_expires_at_idx on waitpoint_key (expires_at) where expires_at is not null;

-- One row for each thing that a run waits for. Every wait of a run is a round; rows of earlier rounds are history. A
-- carried edge brings an output and its place, but the batch's own edge is what the run waits for.
create table waitpoint_edge (
    run_id uuid not null,
    wait_round int not null,
    waitpoint_id uuid not null,
    batch_index int not null default -1,
    batch_id uuid,
    is_carried boolean not null default false,
    is_resolved boolean not null,
    primary key (run_id, wait_round, waitpoint_id, batch_index)
) partition by range (run_id);

create index waitpoint_edge_waitpoint_id_idx on waitpoint_edge (waitpoint_id);

create table waitpoint_default partition of waitpoint default;
create table waitpoint_edge_default partition of waitpoint_edge default;

alter table run_state
    add column awaited boolean not null default false,
    add column pending_waits int not null default 0,
    add column wait_round int not null default 0,
    add column waiting_since timestamptz,
    add column checkpoint jsonb;

-- A run that waits gives its slot back and keeps its lease while its process lives.
alter table run_state drop constraint run_state_execution_check;
alter table run_state drop constraint run_state_check1;
alter table run_state drop constraint run_state_check2;
alter table run_state
    add constraint run_state_execution_check check (execution in (
        'RUN_CREATED', 'DELAYED', 'QUEUED', 'QUEUED_EXECUTING', 'PENDING_EXECUTING', 'EXECUTING',
        'EXECUTING_WITH_WAITPOINTS', 'SUSPENDED', 'PENDING_CANCEL', 'FINISHED')),
    add constraint run_state_slot_check check (case execution
        when 'PENDING_EXECUTING' then slot_held
        when 'EXECUTING' then slot_held
        when 'PENDING_CANCEL' then true
        else not slot_held end),
    add constraint run_state_lease_check check ((lease_until is not null) = (execution in (
        'PENDING_EXECUTING', 'EXECUTING', 'EXECUTING_WITH_WAITPOINTS', 'QUEUED_EXECUTING', 'PENDING_CANCEL'))),
    add constraint run_state_waits_check check (
        (pending_waits > 0) = (execution in ('EXECUTING_WITH_WAITPOINTS', 'SUSPENDED'))),
    add constraint run_state_checkpoint_check check (execution <> 'SUSPENDED' or checkpoint is not null);

create or replace function ensure_run_partitions(first_month date, months int) returns void
    language plpgsql as
$$
declare
    parent text;
    lower_bound timestamptz;
    partition_name text;
begin
    foreach parent in array
        array['run', 'run_state', 'run_result', 'run_transition', 'waitpoint', 'waitpoint_edge'] loop
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
                    -- A state is written about four times: room on its page keeps the versions together.
                    case parent when 'run_state' then 60 else 100 end);
            end if;
        end loop;
    end loop;
end
$$;
