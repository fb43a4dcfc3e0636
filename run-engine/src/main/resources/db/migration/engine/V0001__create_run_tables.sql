-- A run's immutable parameters, its state, its result and its history. All four are partitioned by the run's id, which
-- begins with the time of its creation (UUID version 7): a lookup by id touches one partition, and old runs leave by
-- dropping partitions, never by deleting rows.

create table run (
    id uuid not null primary key,
    environment_id uuid not null,
    task_id text not null,
    payload text,
    payload_type text not null,
    metadata text,
    tags text[] not null default '{}',
    idempotency_key text,
    requested_machine text,
    requested_max_attempts int,
    requested_max_duration int,
    requested_queue text,
    priority_ms bigint not null default 0,
    parent_run_id uuid,
    root_run_id uuid,
    depth smallint not null default 0,
    replay_of uuid,
    is_test boolean not null default false,
    trace_parent text,
    source text not null
) partition by range (id);

create index run_environment_id_idx on run (environment_id, id desc);
create index run_parent_run_id_idx on run (parent_run_id) where parent_run_id is not null;

-- One row decides everything about a run: its version is the fencing token of every transition, the row itself is the
-- queue entry (execution 'QUEUED' without not_before) and the slot (slot_held). See docs/decisions/0001.
--
-- What never changes stands first and what changes most stands last: PostgreSQL then logs little of an update.
create table run_state (
    run_id uuid not null primary key,
    environment_id uuid not null,
    task_id text not null,
    queue text not null,
    concurrency_key text,
    worker_queue text not null,
    score bigint not null,
    ttl_seconds int,
    delay_until timestamptz,
    worker_version_id uuid,
    machine text,
    max_attempts int,
    max_duration_seconds int,
    retry jsonb,
    started_at timestamptz,
    worker text,
    runner text,
    attempt_started_at timestamptz,
    attempt int not null,
    dispatches int not null,
    not_before timestamptz,
    usage_ms bigint not null default 0,
    completed_at timestamptz,
    status_reason text,
    lease_until timestamptz,
    updated_at timestamptz not null,
    version int not null check (version > 0),
    slot_held boolean not null,
    last_event text not null,
    execution text not null check (execution in (
        'RUN_CREATED', 'DELAYED', 'QUEUED', 'PENDING_EXECUTING', 'EXECUTING', 'EXECUTING_WITH_WAITPOINTS',
        'SUSPENDED', 'PENDING_CANCEL', 'FINISHED')),
    status text not null check (status in (
        'DELAYED', 'PENDING', 'PENDING_VERSION', 'DEQUEUED', 'EXECUTING', 'WAITING_TO_RESUME',
        'RETRYING_AFTER_FAILURE', 'PAUSED', 'CANCELED', 'INTERRUPTED', 'COMPLETED_SUCCESSFULLY',
        'COMPLETED_WITH_ERRORS', 'SYSTEM_FAILURE', 'CRASHED', 'EXPIRED', 'TIMED_OUT')),
    check ((execution = 'FINISHED') = (completed_at is not null)),
    check (slot_held = (execution in ('PENDING_EXECUTING', 'EXECUTING', 'EXECUTING_WITH_WAITPOINTS', 'PENDING_CANCEL'))),
    check (lease_until is null or slot_held)
) partition by range (run_id);

create index run_state_ready_idx on run_state (worker_queue, score, run_id)
    where execution = 'QUEUED' and not_before is null;
create index run_state_lease_idx on run_state (lease_until) where lease_until is not null;
create index run_state_parked_idx on run_state (environment_id) where status = 'PENDING_VERSION';

create table run_result (
    run_id uuid not null primary key,
    output text,
    output_type text,
    error jsonb
) partition by range (run_id);

-- The history, one row a version. Also the feed that workers read: order is the version, never a clock.
create table run_transition (
    run_id uuid not null,
    version int not null,
    event text not null,
    execution text not null,
    status text not null,
    attempt int not null,
    detail jsonb,
    at timestamptz not null,
    primary key (run_id, version)
) partition by range (run_id);
