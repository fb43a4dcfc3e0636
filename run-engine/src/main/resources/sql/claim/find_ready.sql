-- The runs that limits let start now, each environment's by place, the least busy environment first: what may be claimed
-- while Redis is away. A closed queue, key or environment hides no other. Limits come as arrays; an environment that is
-- not among them is gone, and its runs are found so that they can be ended.
with environments as materialized (
    select *
    from unnest(:environments::uuid[], :burst_limits::int[], :base_limits::int[])
        as e(environment_id, burst_limit, base_limit)
), queues as materialized (
    select *
    from unnest(
        :queue_environments::uuid[], :queues::text[], :key_limits::int[], :combined_limits::int[], :pauses::boolean[])
        as q(environment_id, queue, key_limit, combined_limit, is_paused)
), used as materialized (
    select environment_id, queue, coalesce(concurrency_key, '') as key, count(*) as slots
    from run_state
    where lease_until is not null and slot_held
    group by environment_id, queue, coalesce(concurrency_key, '')
), in_key as (
    select
        s.run_id, s.environment_id, s.queue, coalesce(s.concurrency_key, '') as key, s.score,
        q.combined_limit,
        coalesce(e.burst_limit, 1) as burst_limit,
        least(q.key_limit, coalesce(e.base_limit, 1)) as key_limit,
        row_number() over (
            partition by s.environment_id, s.queue, coalesce(s.concurrency_key, '')
            order by s.score, s.run_id) as place
    from run_state s
    left join environments e on e.environment_id = s.environment_id
    left join queues q on q.environment_id = s.environment_id and q.queue = s.queue
    where /* lane */ s.not_before is null and q.is_paused is not true
), in_queue as (
    select k.*, row_number() over (partition by k.environment_id, k.queue order by k.score, k.run_id) as queue_place
    from in_key k
    left join used u on u.environment_id = k.environment_id and u.queue = k.queue and u.key = k.key
    where k.place <= k.key_limit - coalesce(u.slots, 0)
), in_environment as (
    select
        i.*,
        row_number() over (partition by i.environment_id order by i.score, i.run_id)
            + coalesce((select sum(u.slots) from used u where u.environment_id = i.environment_id), 0) as environment_place
    from in_queue i
    where i.combined_limit is null
        or i.queue_place <= i.combined_limit - coalesce(
            (select sum(u.slots) from used u where u.environment_id = i.environment_id and u.queue = i.queue), 0)
)
select s.*
from in_environment i
join run_state s on s.run_id = i.run_id
where i.environment_place <= i.burst_limit
order by i.environment_place, i.score, i.run_id
limit :limit
