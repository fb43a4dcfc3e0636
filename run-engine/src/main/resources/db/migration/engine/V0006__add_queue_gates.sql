-- What an operator sets beside the limits that versions declare: overrides, limits over all keys of a queue, pauses.

alter table task_queue
    add column combined_limit int check (combined_limit >= 0),
    add column override_limit int check (override_limit >= 0),
    add column override_percent numeric(5, 2) check (override_percent > 0 and override_percent <= 100),
    add check (override_limit is null or override_percent is null);

-- Environments that were paused here; the control plane may pause them too.
create table paused_environment (
    environment_id uuid not null primary key,
    paused_at timestamptz not null
);

-- Places in queues, sizes of queues and the first runs of each key, for runs that wait for a worker or only for a slot.
drop index run_state_ready_idx;
create index run_state_ready_idx on run_state (environment_id, queue, concurrency_key, score) include (not_before)
    where execution in ('QUEUED', 'QUEUED_EXECUTING');
