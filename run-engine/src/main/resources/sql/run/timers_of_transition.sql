-- Stands in place of the mark in write_transition.sql where a transition arms or disarms a timer.
, armed as (
    insert into timer (kind, subject_id, due_at)
    select :arm_kind, run_id, :arm_due::timestamptz
    from moved
    where :arm_kind::text is not null
    on conflict (kind, subject_id) do update set due_at = excluded.due_at
), disarmed as (
    delete from timer
    where kind = :disarm_kind and subject_id in (select run_id from moved)
)
