-- Notes the end of a run for every batch that has it as an item; returns these batches.
insert into batch_finish (batch_id, run_id, amount)
select batch_id, run_id, count(*)
from batch_item
where run_id = :run
group by batch_id, run_id
returning batch_id
