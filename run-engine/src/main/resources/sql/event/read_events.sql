-- Events of finished transactions, in the order of the transactions, behind a position.
with page as materialized (
    select run_id, version, event, execution, status, attempt, detail, at, tx
    from run_transition
    where tx >= :tx and tx < :until and (tx, run_id, version) > (:tx, :run, :version)
    order by tx, run_id, version
    limit :limit
)
select page.*, s.environment_id, s.task_id
from page join run_state s on s.run_id = page.run_id
order by page.tx, page.run_id, page.version
