-- Counts items that arrived. The last one seals the batch; a batch that has nothing left to wait for then ends at once.
-- Finds no row where the batch was sealed or aborted meanwhile.
with counted as (
    update batch
    set received = received + :received,
        failed = failed + :failed,
        finished = finished + :finished,
        updated_at = :at,
        sealed_at = case when received + :received = expected then :at::timestamptz end,
        status = case
            when received + :received < expected then 'PENDING'
            when failed + :failed = expected then 'ABORTED'
            when finished + :finished + failed + :failed = expected then 'COMPLETED'
            when failed + :failed > 0 then 'PARTIAL_FAILED'
            else 'PENDING' end,
        completed_at = case
            when received + :received = expected and finished + :finished + failed + :failed = expected
            then :at::timestamptz end
    where id = :batch and status = 'PENDING' and sealed_at is null
    returning *
), disarmed as (
    delete from timer
    where kind = 'BATCH_SEAL' and subject_id in (select id from counted where sealed_at is not null)
)
select * from counted
