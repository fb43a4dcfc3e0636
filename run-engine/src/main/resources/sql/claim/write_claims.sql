-- Confirms claims: only runs that are still queued at the version that was claimed, and only while the epoch in which they
-- were claimed is the valid one. The caller holds the queue lock. Returns the runs that are now its worker's.
with claimed as (
    update run_state s
    set version = s.version + 1,
        last_event = 'CLAIMED',
        execution = 'PENDING_EXECUTING',
        status = 'DEQUEUED',
        status_reason = null,
        slot_held = true,
        dispatches = s.dispatches + 1,
        worker_version_id = c.worker_version_id,
        machine = c.machine,
        max_attempts = c.max_attempts,
        max_duration_seconds = c.max_duration_seconds,
        retry = c.retry::jsonb,
        worker = :worker,
        runner = null,
        lease_until = :lease_until,
        started_at = coalesce(s.started_at, :at),
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
    returning s.run_id, s.version, s.attempt
), logged as (
    insert into run_transition (run_id, version, event, execution, status, attempt, at)
    select run_id, version, 'CLAIMED', 'PENDING_EXECUTING', 'DEQUEUED', attempt, :at
    from claimed
)
select run_id from claimed
