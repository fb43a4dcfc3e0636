-- Versions of user code: what was indexed (background_worker), how it was released (deployment), and which release runs
-- without a pinned version get (current_deployment). Versions are never changed after their registration, so that a run
-- that is locked to one always finds the tasks it was locked to.

create table background_worker (
    id uuid not null primary key,
    environment_id uuid not null,
    version text not null,
    content_hash text not null,
    sdk_version text not null,
    cli_version text,
    runtime text,
    runtime_version text,
    queues jsonb not null,
    created_at timestamptz not null,
    unique (environment_id, version)
);

create table background_worker_task (
    background_worker_id uuid not null references background_worker,
    task_id text not null,
    definition jsonb not null,
    primary key (background_worker_id, task_id)
);

create table deployment (
    id uuid not null primary key,
    environment_id uuid not null,
    short_code text not null,
    version text not null,
    content_hash text not null,
    runtime text not null,
    image_reference text,
    background_worker_id uuid references background_worker,
    status text not null check (status in ('BUILDING', 'DEPLOYING', 'DEPLOYED')),
    created_at timestamptz not null,
    deployed_at timestamptz,
    revision int not null,
    unique (environment_id, version),
    check ((status = 'BUILDING') = (background_worker_id is null)),
    check ((status = 'DEPLOYED') = (deployed_at is not null)),
    check (status <> 'DEPLOYED' or image_reference is not null)
);

create unique index deployment_background_worker_id_idx on deployment (background_worker_id)
    where background_worker_id is not null;

create table current_deployment (
    environment_id uuid not null primary key,
    deployment_id uuid not null references deployment,
    background_worker_id uuid not null references background_worker,
    promoted_at timestamptz not null
);

-- Last number that a version of a day got. The row's lock makes numbers unique and without gaps that a race would leave.
create table version_counter (
    environment_id uuid not null,
    day date not null,
    last_number int not null,
    primary key (environment_id, day)
);
