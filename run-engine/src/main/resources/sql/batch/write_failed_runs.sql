-- Writes runs that are finished before they began: items of batches that could not be triggered, so that whoever waits for
-- the batch gets a result for each of them.
with input as materialized (
    select *
    from json_to_recordset(:runs::json) as row(
        id uuid, environment_id uuid, task_id text, payload_type text, tags json, parent_run_id uuid, is_test boolean,
        trace_parent text, source text, queue text, worker_queue text, batch_id uuid, batch_index int, error text)
), runs as (
    insert into run (
        id, environment_id, task_id, payload_type, tags, parent_run_id, root_run_id, depth, is_test, trace_parent,
        source, batch_id, batch_index)
    select
        i.id, i.environment_id, i.task_id, i.payload_type, array(select json_array_elements_text(i.tags)), p.id,
        coalesce(p.root_run_id, p.id), coalesce(p.depth + 1, 0), i.is_test, i.trace_parent, i.source, i.batch_id,
        i.batch_index
    from input i
    left join run p on p.id = i.parent_run_id and p.environment_id = i.environment_id
), states as (
    insert into run_state (
        run_id, environment_id, task_id, version, last_event, execution, status, queue, worker_queue, score, slot_held,
        attempt, dispatches, completed_at, updated_at, awaited)
    select
        id, environment_id, task_id, 1, :event, :execution, :status, queue, worker_queue, :score, false, 0, 0, :at, :at,
        true
    from input
), logged as (
    insert into run_transition (run_id, version, event, execution, status, attempt, detail, at)
    select id, 1, :event, :execution, :status, 0, error::jsonb, :at
    from input
)
insert into run_result (run_id, error)
select id, error::jsonb
from input
