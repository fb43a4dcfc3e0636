-- Confirms claims: only runs that are still queued at the version that was claimed, and only while the epoch in which they
-- were claimed is the valid one. The caller holds the queue lock. Returns the runs that are now its worker's.
with claimed as (
    update run_state s
    set version = s.version + 1,
        last_event = :event,
        execution = :execution,
        status = :status,
        status_reason = null,
        slot_held = true,
        attempt = s.attempt + :started,
        dispatches = (s.dispatches + 1) * (1 - :started),
        worker_version_id = c.worker_version_id,
        machine = c.machine,
        max_attempts = c.max_attempts,
        max_duration_seconds = c.max_duration_seconds,
        retry = c.retry::jsonb,
        worker = :worker,
        runner = :runner,
        lease_until = :lease_until::timestamptz,
        started_at = coalesce(s.started_at, :at::timestamptz),
        attempt_started_at = case when :started = 1 then :at::timestamptz else s.attempt_started_at end,
        updated_at = :at
    from unnest(
        :runs::uuid[], :versions::int[], :worker_versions::uuid[], :machines::text[], :max_attempts::int[],
        :max_durations::int[], :retries::text[])
        as c(run_id, version, worker_version_id, machine, max_attempts, max_duration_seconds, retry)
    where s.run_id = c.run_id
        and s.version = c.version
        and s.execution = 'QUEUED'
        and s.not_before is null
        and (select epoch from queue_epoch where shard = 0) = :epoch
    returning s.run_id, s.version, s.attempt, s.max_duration_seconds
), logged as (
    insert into run_transition (run_id, version, event, execution, status, attempt, at)
    select run_id, version, :event, :execution, :status, attempt, :at
    from claimed
), armed as (
    insert into timer (kind, subject_id, due_at)
    select 'MAX_DURATION', run_id, :at::timestamptz + make_interval(secs => max_duration_seconds + :grace_seconds)
    from claimed
    where :started = 1 and max_duration_seconds is not null
    on conflict (kind, subject_id) do update set due_at = excluded.due_at
)
select run_id from claimed
