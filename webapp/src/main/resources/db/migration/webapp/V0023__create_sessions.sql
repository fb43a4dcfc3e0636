-- People who sign in to the dashboard. Links and sessions are stored as SHA-256: a copy of this database signs nobody in.
create table app_user (
    id uuid not null primary key,
    email text not null unique,
    name text not null,
    created_at timestamptz not null
);

create table login_link (
    token_hash bytea not null primary key,
    user_id uuid not null references app_user,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);

create table web_session (
    token_hash bytea not null primary key,
    user_id uuid not null references app_user,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null
);

create index web_session_expires_at_idx on web_session (expires_at);
