-- One-time tokens that were used, until they expire. The request key tells a repeated try of the same call from a second
-- use.
create table used_token (
    token_hash bytea not null primary key,
    request_key text not null,
    expires_at timestamptz not null
);

create index used_token_expires_at_idx on used_token (expires_at);
