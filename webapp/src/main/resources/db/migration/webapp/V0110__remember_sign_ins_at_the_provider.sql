-- Sign-ins that are under way at the identity provider. The browser holds the secret; its row makes it work once.
create table oidc_attempt (
    secret_hash bytea not null primary key,
    return_to text not null,
    expires_at timestamptz not null
);

create index oidc_attempt_expires_at_idx on oidc_attempt (expires_at);
