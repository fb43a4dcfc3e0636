-- Tokens of an organization, for machines that deploy: they outlive the people who made them. Only their hash is needed.
create table organization_token (
    id uuid not null primary key,
    organization_id uuid not null references organization,
    name text not null,
    token_hash bytea not null unique,
    last_four text not null,
    created_by uuid not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    revoked_at timestamptz
);

create index organization_token_organization_id_idx on organization_token (organization_id);
