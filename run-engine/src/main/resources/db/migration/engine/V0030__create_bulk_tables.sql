-- Actions on many runs: cancel or replay what a filter finds, or runs that are named. Worked off page by page, from the
-- newest run to the oldest; the cursor is the oldest run that was planned.
create table bulk_action (
    id uuid not null primary key,
    environment_id uuid not null,
    kind text not null check (kind in ('CANCEL', 'REPLAY')),
    name text,
    filter jsonb,
    run_ids uuid[] not null default '{}',
    -- The newest run when the action was created: later ones are no part of it.
    newest_run uuid not null,
    created_at timestamptz not null,
    -- Absent until counted, which may take a while.
    total int,
    cursor uuid,
    succeeded int not null default 0,
    failed int not null default 0,
    skipped int not null default 0,
    status text not null check (status in ('PENDING', 'COMPLETED', 'ABORTED')),
    due_at timestamptz not null,
    lease_until timestamptz,
    completed_at timestamptz,
    check ((filter is null) = (cardinality(run_ids) > 0)),
    check ((status = 'PENDING') = (completed_at is null))
);

create index bulk_action_environment_id_idx on bulk_action (environment_id, id desc);
create index bulk_action_due_at_idx on bulk_action (due_at) where status = 'PENDING';

-- What became of each run of an action. The row is there before anything is done to the run, so that whoever goes on
-- after a crash knows what is left; its key is why no run is counted twice.
create table bulk_item (
    bulk_id uuid not null,
    run_id uuid not null,
    outcome text not null check (outcome in ('PENDING', 'SUCCEEDED', 'FAILED', 'SKIPPED')),
    planned_at timestamptz not null,
    new_run_id uuid,
    failure text,
    primary key (bulk_id, run_id)
) with (fillfactor = 80);

create index bulk_item_pending_idx on bulk_item (bulk_id, run_id desc) where outcome = 'PENDING';
create index bulk_item_run_id_idx on bulk_item (run_id);
create index bulk_item_new_run_id_idx on bulk_item (new_run_id) where new_run_id is not null;
