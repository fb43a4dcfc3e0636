-- Supervisors authenticate as a group, which takes runs from one worker queue. A group may have several tokens, so that
-- one can be replaced without a gap. Only hashes are stored: a copy of this table lets nobody take runs.

create table worker_group (
    id uuid not null primary key,
    name text not null unique,
    worker_queue text not null,
    created_at timestamptz not null
);

create table worker_group_token (
    token_hash bytea not null primary key,
    worker_group_id uuid not null references worker_group,
    created_at timestamptz not null
);

create index worker_group_token_worker_group_id_idx on worker_group_token (worker_group_id);
