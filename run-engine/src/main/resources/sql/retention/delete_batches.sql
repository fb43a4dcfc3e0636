-- The oldest batches whose items together reach the limit; the batch that crosses it goes too, else a large one would stay.
with ended as (
    select id, greatest(received, 1) as items, sum(greatest(received, 1)) over (order by id) as items_so_far
    from batch
    where id >= first_run_id_at(:start) and id < first_run_id_at(:end) and completed_at < :before
    order by id
    limit :limit
), old as (
    select id, items from ended where items_so_far - items < :limit
), items as (
    delete from batch_item where batch_id in (select id from old)
), batches as (
    delete from batch where id in (select id from old)
)
select coalesce(sum(items), 0)::int from old
