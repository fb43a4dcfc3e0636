-- Writes what became of a run, and counts it if nobody did before. Returns whether the action goes on.
with recorded as (
    update bulk_item
    set outcome = :outcome, new_run_id = :new_run, failure = :failure
    where bulk_id = :bulk and run_id = :run and outcome = 'PENDING'
    returning outcome
), counts as (
    select
        count(*) filter (where outcome = 'SUCCEEDED') as succeeded,
        count(*) filter (where outcome = 'FAILED') as failed,
        count(*) filter (where outcome = 'SKIPPED') as skipped
    from recorded
)
update bulk_action
set succeeded = bulk_action.succeeded + counts.succeeded,
    failed = bulk_action.failed + counts.failed,
    skipped = bulk_action.skipped + counts.skipped,
    lease_until = case when status = 'PENDING' then :lease::timestamptz end
from counts
where id = :bulk
returning status = 'PENDING'
