-- Earlier versions of the runs of a page that stand behind its end: their transaction began later and ended sooner.
select t.run_id, t.version, t.event, t.execution, t.status, t.attempt, t.detail, t.at, t.tx, s.environment_id, s.task_id
from unnest(:runs::uuid[], :versions::int[]) as page(id, newest)
    join run_transition t on t.run_id = page.id and t.version < page.newest
    join run_state s on s.run_id = t.run_id
where (t.tx, t.run_id, t.version) > (:tx, :run, :version)
order by t.run_id, t.version
