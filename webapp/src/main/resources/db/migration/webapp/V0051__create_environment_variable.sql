-- What task code finds in its environment. Values are sealed with AES-256-GCM, bound to the environment and the name.
create table environment_variable (
    environment_id uuid not null references environment,
    name text not null,
    value_sealed bytea not null,
    value_sealed_with text not null,
    is_secret boolean not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (environment_id, name)
);
