-- Queues that have settings or runs. Where many runs wait, the index is not read from end to end: it is entered once for
-- each queue, after the name that was found last.
with recursive waiting as (
    (
        select queue from run_state
        where environment_id = :environment and execution in ('QUEUED', 'QUEUED_EXECUTING')
        order by queue
        limit 1
    )
    union all
    select (
        select s.queue from run_state s
        where s.environment_id = :environment and s.execution in ('QUEUED', 'QUEUED_EXECUTING') and s.queue > w.queue
        order by s.queue
        limit 1
    )
    from waiting w
    where w.queue is not null
)
select queue collate "C" as queue
from (
    select name as queue from task_queue where environment_id = :environment
    union
    select queue from waiting where queue is not null
    union
    select queue from run_state where environment_id = :environment and lease_until is not null and slot_held
) found
order by 1
