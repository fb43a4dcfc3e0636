-- The concurrency keys of a queue that have runs, the longest waiting first.
select
    concurrency_key, sum(queued) as queued, sum(running) as running, min(first_place) as first_place
from (
    select coalesce(concurrency_key, '') as concurrency_key, count(*) as queued, 0 as running, min(score) as first_place
    from run_state
    where environment_id = :environment and queue = :queue and execution in ('QUEUED', 'QUEUED_EXECUTING')
    group by coalesce(concurrency_key, '')
    union all
    select coalesce(concurrency_key, ''), 0, count(*), null
    from run_state
    where environment_id = :environment and queue = :queue and lease_until is not null and slot_held
    group by coalesce(concurrency_key, '')
) live
group by concurrency_key
order by first_place nulls last, concurrency_key
limit :limit
