-- Plans a page. Runs that were planned before stay as they are.
with planned as (
    insert into bulk_item (bulk_id, run_id, outcome, planned_at)
    select :bulk, run_id, 'PENDING', :now
    from unnest(:runs::uuid[]) as page (run_id)
    on conflict do nothing
)
update bulk_action
set cursor = least(cursor, :cursor)
where id = :bulk
