-- Counts the end of a run in every batch that has it as an item, and ends those for which it was the last. Returns the
-- batches that ended. Rows are locked in the order of their ids.
with items as materialized (
    select batch_id, count(*) as amount
    from batch_item
    where run_id = :run
    group by batch_id
), held as materialized (
    select b.id, items.amount
    from batch b join items on items.batch_id = b.id
    order by b.id
    for update of b
), counted as (
    update batch b
    set finished = b.finished + held.amount,
        updated_at = :at,
        status = case
            when b.sealed_at is not null and b.status <> 'ABORTED' and b.finished + held.amount + b.failed = b.expected
            then 'COMPLETED' else b.status end,
        completed_at = case
            when b.sealed_at is not null and b.status <> 'ABORTED' and b.finished + held.amount + b.failed = b.expected
            then :at else b.completed_at end
    from held
    where b.id = held.id
    returning b.*
)
select * from counted where status = 'COMPLETED'
