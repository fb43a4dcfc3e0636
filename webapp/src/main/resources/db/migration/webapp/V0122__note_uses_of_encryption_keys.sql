-- Which encryption keys webapps seal with, and when each was used last: while one is being changed, texts are sealed anew
-- only after nobody uses another any more, and what was signed before then is known.
create table encryption_key_use (
    key_id text not null primary key,
    first_used_at timestamptz not null,
    last_used_at timestamptz not null
);
