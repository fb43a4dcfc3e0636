-- Takes the action that has waited longest for its next page, unless a server has it that was heard of lately.
update bulk_action
set lease_until = :lease
where id = (
    select id
    from bulk_action
    where status = 'PENDING' and due_at <= :now and (lease_until is null or lease_until < :now)
    order by due_at
    limit 1
    for update skip locked
)
returning id, environment_id, kind, filter, cursor, newest_run, total
