-- Who may do what: members of organizations with roles, further keys of environments, tokens of people, and a record of
-- who changed what.

create table organization_member (
    id uuid not null primary key,
    organization_id uuid not null references organization,
    user_id uuid not null references app_user,
    role text not null check (role in ('OWNER', 'ADMIN', 'DEVELOPER', 'VIEWER')),
    created_at timestamptz not null,
    unique (organization_id, user_id)
);

create index organization_member_user_id_idx on organization_member (user_id);

-- Before there were members, everybody who could sign in saw everything.
insert into organization_member (id, organization_id, user_id, role, created_at)
select gen_random_uuid(), organization.id, app_user.id, 'OWNER', organization.created_at
from organization cross join app_user;

-- An environment may belong to one developer, or be a branch of a preview environment. A branch has no key of its own:
-- its parent's key opens it, together with its name.
alter table environment add column owner_id uuid references app_user;
alter table environment add column parent_id uuid references environment;
alter table environment add column branch text;
alter table environment alter column key_hash drop not null;
alter table environment alter column key_sealed drop not null;
alter table environment alter column key_sealed_with drop not null;
alter table environment drop constraint environment_project_id_slug_key;
alter table environment add constraint environment_key_check
    check ((parent_id is null) = (key_hash is not null) and (key_hash is null) = (key_sealed is null));
alter table environment add constraint environment_branch_check check ((parent_id is null) = (branch is null));

create unique index environment_shared_key on environment (project_id, slug)
    where owner_id is null and parent_id is null;
create unique index environment_owned_key on environment (project_id, owner_id) where owner_id is not null;
create unique index environment_branch_key on environment (parent_id, branch) where archived_at is null;

-- Keys beside an environment's own: limited by scopes, perhaps for a time. Only their hash is needed.
create table api_key (
    id uuid not null primary key,
    environment_id uuid not null references environment,
    name text not null,
    key_hash bytea not null unique,
    last_four text not null,
    scopes text not null,
    created_by uuid,
    created_at timestamptz not null,
    expires_at timestamptz,
    revoked_at timestamptz
);

create index api_key_environment_id_idx on api_key (environment_id);

-- Former keys of environments, which are still taken for a while after a rotation, also to verify what they signed.
create table retired_key (
    key_hash bytea not null primary key,
    environment_id uuid not null references environment,
    key_sealed bytea not null,
    key_sealed_with text not null,
    retired_at timestamptz not null,
    accepted_until timestamptz not null
);

create index retired_key_environment_id_idx on retired_key (environment_id);

create table personal_token (
    id uuid not null primary key,
    user_id uuid not null references app_user,
    name text not null,
    token_hash bytea not null unique,
    last_four text not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    revoked_at timestamptz
);

create index personal_token_user_id_idx on personal_token (user_id);

-- A tool that asks for a personal token: a person who is signed in confirms the code, then the tool gets the token once.
create table authorization_code (
    code_hash bytea not null primary key,
    user_id uuid references app_user,
    created_at timestamptz not null,
    expires_at timestamptz not null
);

create table audit_event (
    id uuid not null primary key,
    organization_id uuid,
    environment_id uuid,
    actor_kind text not null,
    actor text not null,
    action text not null,
    target text not null,
    details text,
    address text,
    at timestamptz not null
);

create index audit_event_organization_id_idx on audit_event (organization_id, id desc);
