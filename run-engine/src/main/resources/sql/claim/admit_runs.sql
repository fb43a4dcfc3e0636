-- Gives runs whose process lives their slot: only those that still wait for it at the version that was claimed, and only
-- while the epoch in which they were claimed is the valid one. The caller holds the queue lock. Returns their new states.
with chosen as materialized (
    select s.run_id, s.version
    from unnest(:runs::uuid[], :versions::int[]) as c(run_id, version)
    join run_state s on s.run_id = c.run_id and s.version = c.version
    order by s.run_id
    for update of s
), admitted as (
    update run_state s
    set version = s.version + 1,
        last_event = 'ADMITTED',
        execution = 'EXECUTING',
        status = 'EXECUTING',
        status_reason = null,
        slot_held = true,
        -- The time that the attempt waited counts as if it had started later.
        attempt_started_at = coalesce(
            s.attempt_started_at + (:at::timestamptz - s.waiting_since), s.attempt_started_at),
        waiting_since = null,
        updated_at = :at
    from chosen
    where s.run_id = chosen.run_id
        and s.version = chosen.version
        and s.execution = 'QUEUED_EXECUTING'
        and s.not_before is null
        and (select epoch from queue_epoch where shard = 0) = :epoch
    returning s.*
), logged as (
    insert into run_transition (run_id, version, event, execution, status, attempt, at)
    select run_id, version, last_event, execution, status, attempt, updated_at
    from admitted
), armed as (
    insert into timer (kind, subject_id, due_at)
    select
        'MAX_DURATION', run_id,
        attempt_started_at + make_interval(secs => max_duration_seconds + :grace_seconds)
    from admitted
    where max_duration_seconds is not null and attempt_started_at is not null
    on conflict (kind, subject_id) do update set due_at = excluded.due_at
)
select * from admitted
