-- Some queues, with how many runs wait in each and how many hold a slot of it.
with counted as (
    select queue, sum(queued) as queued, sum(running) as running
    from (
        select queue, count(*) as queued, 0 as running
        from run_state
        where environment_id = :environment and queue = any(:names) and execution in ('QUEUED', 'QUEUED_EXECUTING')
        group by queue
        union all
        select queue, 0, count(*)
        from run_state
        where environment_id = :environment and queue = any(:names) and lease_until is not null and slot_held
        group by queue
    ) live
    group by queue
), settings as (
    select * from task_queue where environment_id = :environment and name = any(:names)
)
select
    :environment::uuid as environment_id, coalesce(s.name, c.queue) as name, s.concurrency_limit, s.override_limit,
    s.override_percent, s.overridden_at, s.overridden_by, s.combined_limit, coalesce(s.is_paused, false) as is_paused,
    coalesce(c.queued, 0) as queued, coalesce(c.running, 0) as running
from settings s
full join counted c on c.queue = s.name
order by coalesce(s.name, c.queue) collate "C"
