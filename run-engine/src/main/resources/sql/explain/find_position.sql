-- How many runs are before a run: those that have a worker already go first, then the earlier place.
select
    count(*) filter (where o.queue = s.queue and coalesce(o.concurrency_key, '') = coalesce(s.concurrency_key, ''))
        as in_key,
    count(*) as in_environment
from run_state s
join run_state o on o.environment_id = s.environment_id
where s.run_id = :run
    and o.execution in ('QUEUED', 'QUEUED_EXECUTING')
    and o.not_before is null
    and (o.execution = 'QUEUED', o.score, o.run_id) < (s.execution = 'QUEUED', s.score, s.run_id)
