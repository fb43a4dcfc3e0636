-- Cron rules that trigger runs. An instance is a schedule in one environment; it carries the next tick, which its timer
-- repeats. A tick row is the decision about one nominal time; its key is what makes a second run of it impossible.

create table schedule (
    id uuid not null primary key,
    -- Whoever owns the schedule, a project for instance. The engine only compares it.
    scope_id uuid not null,
    type text not null check (type in ('DECLARATIVE', 'IMPERATIVE')),
    task_id text not null,
    deduplication_key text not null,
    -- Whether the user chose the key.
    is_key_given boolean not null,
    external_id text,
    cron text not null,
    time_zone text not null,
    spread_window text,
    catch_up text not null check (catch_up in ('SKIP', 'LAST', 'ALL')),
    catch_up_limit int check (catch_up_limit > 0),
    is_active boolean not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (scope_id, deduplication_key)
);

create table schedule_instance (
    id uuid not null primary key,
    schedule_id uuid not null references schedule on delete cascade,
    environment_id uuid not null,
    -- Place in the window, from 0 up to 2^31: stored once, so that a new secret moves nothing.
    phase int not null check (phase >= 0),
    created_at timestamptz not null,
    -- Counts every change of the instance and of its schedule: a tick is written only at the version that it was
    -- decided on.
    version int not null,
    -- The cron's own time of the next tick, and when it happens; absent while the schedule is inactive.
    next_nominal_at timestamptz,
    next_due_at timestamptz,
    -- The latest nominal time that triggered a run.
    last_nominal_at timestamptz,
    unique (schedule_id, environment_id),
    check ((next_nominal_at is null) = (next_due_at is null)),
    check (next_due_at >= next_nominal_at)
) with (fillfactor = 80);

create index schedule_instance_environment_id_idx on schedule_instance (environment_id);

create table schedule_tick (
    instance_id uuid not null,
    nominal_at timestamptz not null,
    schedule_id uuid not null,
    outcome text not null check (outcome in ('TRIGGERED', 'REFUSED', 'MISSED', 'INACTIVE')),
    -- Last nominal time where one decision was about several; else the same as nominal_at.
    last_nominal_at timestamptz not null check (last_nominal_at >= nominal_at),
    run_id uuid,
    reason text,
    decided_at timestamptz not null,
    primary key (instance_id, nominal_at),
    check ((outcome = 'TRIGGERED') = (run_id is not null))
);

create index schedule_tick_run_id_idx on schedule_tick (run_id) where run_id is not null;
create index schedule_tick_schedule_id_idx on schedule_tick (schedule_id, nominal_at desc);
create index schedule_tick_decided_at_idx on schedule_tick (decided_at);
