-- Ends many runs that succeeded at the same moment, each only at the version that its end was decided on and while nobody
-- awaits it. Returns those that it ended, with their outbox rows.
with input as materialized (
    select *
    from json_to_recordset(:batch::json) as row(
        run uuid, before int, "usageMs" bigint, at timestamptz, output text, "outputType" text)
    -- Everybody locks runs in this order.
    order by run
), moved as (
    update run_state s
    set version = s.version + 1,
        last_event = 'SUCCEEDED',
        execution = 'FINISHED',
        status = 'COMPLETED_SUCCESSFULLY',
        status_reason = null,
        not_before = null,
        slot_held = false,
        lease_until = null,
        completed_at = input.at,
        usage_ms = input."usageMs",
        updated_at = input.at,
        waiting_since = null,
        checkpoint = null
    from input
    where s.run_id = input.run and s.version = input.before and s.pending_waits = 0 and not s.awaited
    returning s.run_id, s.environment_id, s.version, s.attempt, s.updated_at, input.output, input."outputType" as output_type
), logged as (
    insert into run_transition (run_id, version, event, execution, status, attempt, at)
    select run_id, version, 'SUCCEEDED', 'FINISHED', 'COMPLETED_SUCCESSFULLY', attempt, updated_at
    from moved
), finished as (
    insert into run_result (run_id, output, output_type)
    select run_id, output, output_type
    from moved
), announced as (
    insert into outbox (topic, run_id, environment_id, version, created_at)
    select 'RELEASE', run_id, environment_id, version, updated_at
    from moved
    returning id, run_id
)
select announced.run_id, announced.id as outbox_id
from announced
