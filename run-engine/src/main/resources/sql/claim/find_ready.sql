-- The first runs of every queue key of a worker queue, oldest first: what may be claimed while Redis is away.
select *
from (
    select
        s.*,
        row_number() over (
            partition by environment_id, queue, concurrency_key
            order by score, run_id) as place
    from run_state s
    where worker_queue = :worker_queue and execution = 'QUEUED' and not_before is null
) ready
where place <= :per_key
order by score, run_id
limit :limit
