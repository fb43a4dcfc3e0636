-- Failures of runs, one row a run, so that they can be counted by what went wrong. Written from the feed of events, which
-- may tell of a run twice.
create table run_failure (
    run_id uuid not null primary key,
    environment_id uuid not null,
    -- Equal for failures that people would call the same.
    fingerprint text not null,
    task_id text not null,
    status text not null,
    name text,
    message text not null,
    at timestamptz not null
);

create index run_failure_environment_id_idx on run_failure (environment_id, at desc);
create index run_failure_fingerprint_idx on run_failure (environment_id, fingerprint, at desc);
create index run_failure_at_idx on run_failure (at);

-- What people decided about a kind of failure. One that is resolved opens again by itself when it happens again.
create table failure_group (
    environment_id uuid not null,
    fingerprint text not null,
    state text not null check (state in ('RESOLVED', 'IGNORED')),
    changed_by text not null,
    changed_at timestamptz not null,
    primary key (environment_id, fingerprint)
);
