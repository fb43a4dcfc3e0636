-- Ends an action of which nothing is left. Its total is now what it was in truth: runs may have left the filter meanwhile.
update bulk_action
set status = 'COMPLETED',
    completed_at = :now,
    lease_until = null,
    total = succeeded + failed + skipped
where id = :bulk
    and status = 'PENDING'
    and not exists (select 1 from bulk_item where bulk_id = :bulk and outcome = 'PENDING')
