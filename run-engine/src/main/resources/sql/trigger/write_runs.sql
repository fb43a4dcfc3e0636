-- Writes many triggered runs in one statement. A run whose idempotency key is taken is left out; the caller then looks for
-- the winner. Returns the runs that were written, with the outbox row of each that may start now (0 for none).
with input as materialized (
    select *
    from json_to_recordset(:batch::json) as row(
        id uuid, environment_id uuid, task_id text, payload text, payload_type text, metadata text, tags json,
        idempotency_key text, idempotency_scope text, key_hash text, key_expires_at timestamptz, request_hash text,
        request_expires_at timestamptz, requested_machine text, requested_max_attempts int,
        requested_max_duration int, requested_queue text, priority_ms bigint, parent_run_id uuid, root_run_id uuid,
        depth smallint, replay_of uuid, is_test boolean, trace_parent text, source text, trigger_action text,
        root_source text, debounce text, external_deployment_id text, event text, execution text, status text,
        status_reason text, queue text, concurrency_key text, worker_queue text, score bigint, worker_version_id uuid,
        ttl_seconds int, delay_until timestamptz, timer_kind text, timer_due timestamptz, awaited boolean,
        created_at timestamptz, batch_id uuid, batch_index int)
), keys as (
    insert into idempotency_key (environment_id, kind, task_id, key_hash, run_id, expires_at)
    select environment_id, kind, task_id, key_hash, id, expires_at
    from (
        select environment_id, 'K' as kind, task_id, decode(key_hash, 'hex') as key_hash, id, key_expires_at as expires_at
        from input
        where key_hash is not null
        union all
        select environment_id, 'R', task_id, decode(request_hash, 'hex'), id, request_expires_at
        from input
        where request_hash is not null
    ) wanted
    order by environment_id, kind, task_id, key_hash
    on conflict do nothing
    returning run_id
), accepted as materialized (
    select *
    from input
    where (key_hash is not null)::int + (request_hash is not null)::int
        = (select count(*) from keys where keys.run_id = input.id)
), runs as (
    insert into run (
        id, environment_id, task_id, payload, payload_type, metadata, tags, idempotency_key, idempotency_scope,
        requested_machine, requested_max_attempts, requested_max_duration, requested_queue, priority_ms, parent_run_id,
        root_run_id, depth, replay_of, is_test, trace_parent, source, trigger_action, root_source, debounce,
        external_deployment_id, batch_id, batch_index)
    select
        id, environment_id, task_id, payload, payload_type, metadata,
        array(select json_array_elements_text(tags)), idempotency_key, idempotency_scope, requested_machine,
        requested_max_attempts, requested_max_duration, requested_queue, priority_ms, parent_run_id, root_run_id, depth,
        replay_of, is_test, trace_parent, source, trigger_action, root_source, debounce::jsonb, external_deployment_id,
        batch_id, batch_index
    from accepted
), states as (
    insert into run_state (
        run_id, environment_id, task_id, version, last_event, execution, status, status_reason, queue, concurrency_key,
        worker_queue, score, not_before, slot_held, attempt, dispatches, worker_version_id, machine, max_attempts,
        max_duration_seconds, ttl_seconds, delay_until, awaited, updated_at)
    select
        id, environment_id, task_id, 1, event, execution, status, status_reason, queue, concurrency_key,
        worker_queue, score, case timer_kind when 'START' then timer_due end, false, 0, 0, worker_version_id,
        requested_machine, requested_max_attempts, requested_max_duration, ttl_seconds, delay_until,
        awaited or batch_id is not null, created_at
    from accepted
), logged as (
    insert into run_transition (run_id, version, event, execution, status, attempt, at)
    select id, 1, event, execution, status, 0, created_at
    from accepted
), armed as (
    insert into timer (kind, subject_id, due_at)
    select timer_kind, id, timer_due
    from accepted
    where timer_kind is not null
), announced as (
    insert into outbox (topic, run_id, environment_id, version, created_at)
    select 'ENQUEUE', id, environment_id, 1, created_at
    from accepted
    where execution = 'QUEUED' and timer_kind is distinct from 'START'
    returning id as outbox_id, run_id
)
select accepted.id, coalesce(announced.outbox_id, 0) as outbox_id
from accepted left join announced on announced.run_id = accepted.id
