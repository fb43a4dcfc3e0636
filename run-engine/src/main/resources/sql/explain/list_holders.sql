-- Runs that hold a slot of an environment, of one of its queues (where one is named) or of one of that queue's keys, those
-- first that have held one longest.
select run_id
from run_state
where environment_id = :environment
    and lease_until is not null
    and slot_held
    and (:queue::text is null or queue = :queue)
    and (not :is_one_key or coalesce(concurrency_key, '') = :key)
order by started_at, run_id
