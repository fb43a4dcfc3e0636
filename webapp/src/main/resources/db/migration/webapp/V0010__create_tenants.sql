-- Whose runs they are: an organization has projects, a project has environments, and an environment has the secret key
-- that the public API asks for. The key is kept sealed (AES-256-GCM) because public tokens are signed with it, and hashed
-- because requests are looked up by it.

create table organization (
    id uuid not null primary key,
    slug text not null unique,
    title text not null,
    created_at timestamptz not null
);

create table project (
    id uuid not null primary key,
    organization_id uuid not null references organization,
    ref text not null unique,
    slug text not null unique,
    name text not null,
    created_at timestamptz not null
);

create table environment (
    id uuid not null primary key,
    project_id uuid not null references project,
    type text not null check (type in ('DEVELOPMENT', 'STAGING', 'PRODUCTION', 'PREVIEW')),
    slug text not null,
    key_hash bytea not null unique,
    key_sealed bytea not null,
    key_sealed_with text not null,
    concurrency_limit int not null check (concurrency_limit >= 0),
    is_paused boolean not null default false,
    worker_queue text not null,
    created_at timestamptz not null,
    archived_at timestamptz,
    revision int not null default 0,
    unique (project_id, slug)
);

create index environment_project_id_idx on environment (project_id);
