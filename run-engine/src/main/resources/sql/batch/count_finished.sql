-- Counts the noted ends of a batch, and ends the batch where they were the last. Returns it if it ended. A row that another
-- caller counted while this one waited for the batch is gone by then and not counted again.
with held as materialized (
    select id
    from batch
    where id = :batch
    for update
), noted as (
    delete from batch_finish f
    using held
    where f.batch_id = held.id
    returning f.amount
), ends as materialized (
    select sum(amount) as amount
    from noted
    having count(*) > 0
), counted as (
    update batch b
    set finished = b.finished + ends.amount,
        updated_at = :at,
        status = case
            when b.sealed_at is not null and b.status <> 'ABORTED' and b.finished + ends.amount + b.failed = b.expected
            then 'COMPLETED' else b.status end,
        completed_at = case
            when b.sealed_at is not null and b.status <> 'ABORTED' and b.finished + ends.amount + b.failed = b.expected
            then :at else b.completed_at end
    from held cross join ends
    where b.id = held.id
    returning b.*
)
select * from counted where status = 'COMPLETED'
