-- What a trigger may say besides, and what changes on a run without being a transition. Columns that most runs leave empty
-- cost them nothing.
alter table run
    add column idempotency_scope text,
    add column debounce jsonb,
    add column external_deployment_id text,
    add column trigger_action text,
    -- Source of the first run of the tree; absent where the run is the first.
    add column root_source text,
    -- Absent until metadata changed for the first time; seed_metadata then keeps what the trigger gave, for replays.
    add column metadata_version int,
    add column seed_metadata text,
    -- Last change of metadata or tags, which are no transitions.
    add column changed_at timestamptz;

-- Which run collects the triggers of a debounce key. A row may outlive its run's delay; the next trigger finds that out.
create table debounce (
    environment_id uuid not null,
    task_id text not null,
    key text not null,
    run_id uuid not null,
    primary key (environment_id, task_id, key)
);
