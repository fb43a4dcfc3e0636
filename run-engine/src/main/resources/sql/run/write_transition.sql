-- One transition of a run: the state moves only from the version that the change was decided on, and everything that
-- must be true with it is written by the same statement. Waits that end one by one, and the mark of a run that somebody
-- awaits, change without a new version; a change that was decided before finds no row either. Returns the outbox row's id (0 for none), or no row.
with moved as (
    update run_state
    set version = :version,
        last_event = :event,
        execution = :execution,
        status = :status,
        status_reason = :reason,
        not_before = :not_before::timestamptz,
        slot_held = :slot_held,
        attempt = :attempt,
        dispatches = :dispatches,
        machine = :machine,
        worker = :worker,
        runner = :runner,
        lease_until = :lease_until::timestamptz,
        attempt_started_at = :attempt_started_at::timestamptz,
        completed_at = :completed_at::timestamptz,
        usage_ms = :usage_ms,
        /* schedule */
        /* worker_queue */
        updated_at = :at,
        pending_waits = :pending_waits,
        wait_round = :wait_round,
        waiting_since = :waiting_since::timestamptz,
        checkpoint = :checkpoint::jsonb
    where run_id = :run
        and version = :before
        and pending_waits = :pending_before
        and (awaited = :awaited or :execution <> 'FINISHED')
    returning run_id, environment_id
), logged as (
    insert into run_transition (run_id, version, event, execution, status, attempt, detail, at)
    select run_id, :version, :event, :execution, :status, :attempt, :detail::jsonb, :at
    from moved
), finished as (
    insert into run_result (run_id, output, output_type, error)
    select run_id, :output, :output_type, :error::jsonb
    from moved
    where :has_result
), announced as (
    insert into outbox (topic, run_id, environment_id, version, created_at)
    select :topic, run_id, environment_id, :version, :at
    from moved
    where :topic::text is not null
    returning id
)
/* timers */
/* input */
select coalesce((select id from announced), 0)
from moved
