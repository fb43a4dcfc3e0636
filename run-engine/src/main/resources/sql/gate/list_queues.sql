-- Queues that have settings or runs, with how many runs wait in each and how many hold a slot of it.
with counted as (
    select queue, sum(queued) as queued, sum(running) as running
    from (
        select queue, count(*) as queued, 0 as running
        from run_state
        where environment_id = :environment and execution in ('QUEUED', 'QUEUED_EXECUTING')
        group by queue
        union all
        select queue, 0, count(*)
        from run_state
        where environment_id = :environment and lease_until is not null and slot_held
        group by queue
    ) live
    group by queue
), settings as (
    select * from task_queue where environment_id = :environment
)
select
    :environment::uuid as environment_id, coalesce(s.name, c.queue) as name, s.concurrency_limit, s.override_limit,
    s.override_percent, s.overridden_at, s.overridden_by, s.combined_limit, coalesce(s.is_paused, false) as is_paused,
    coalesce(c.queued, 0) as queued, coalesce(c.running, 0) as running
from settings s
full join counted c on c.queue = s.name
where (:name::text is null or coalesce(s.name, c.queue) = :name)
    and (:after::text is null or coalesce(s.name, c.queue) > :after)
order by coalesce(s.name, c.queue)
limit :limit
