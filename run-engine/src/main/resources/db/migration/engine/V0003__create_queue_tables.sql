-- What the queue needs besides the runs themselves: limits, timers, keys and the outbox that feeds Redis.

-- Limits of queues; a queue without a row has only its environment's limit.
create table task_queue (
    environment_id uuid not null,
    name text not null,
    concurrency_limit int check (concurrency_limit >= 0),
    is_paused boolean not null default false,
    primary key (environment_id, name)
);

-- Everything that must happen later. A timer that fires late or twice finds a run that no longer matches and does nothing.
create table timer (
    kind text not null check (kind in ('DELAY', 'TTL', 'RETRY', 'MAX_DURATION')),
    run_id uuid not null,
    due_at timestamptz not null,
    primary key (kind, run_id)
);

create index timer_due_at_idx on timer (due_at);

-- Idempotency keys of callers (kind 'K') and of single calls (kind 'R'). A table of its own, because a unique index on the
-- partitioned run table could not hold keys unique. Keys are stored as SHA-256.
create table idempotency_key (
    environment_id uuid not null,
    kind char(1) not null check (kind in ('K', 'R')),
    task_id text not null,
    key_hash bytea not null,
    run_id uuid not null,
    expires_at timestamptz not null,
    primary key (environment_id, kind, task_id, key_hash)
);

create index idempotency_key_expires_at_idx on idempotency_key (expires_at);

-- What Redis must still hear of. Rows are written with their transition and deleted once Redis applied them.
create table outbox (
    id bigint generated always as identity primary key,
    topic text not null check (topic in ('ENQUEUE', 'RELEASE', 'LIMITS')),
    run_id uuid,
    environment_id uuid not null,
    version int not null,
    created_at timestamptz not null
);

-- Which filling of Redis is valid. A claim is confirmed only under the epoch that it was made in, so a claim from a Redis
-- that was flushed or restarted since can never exceed a limit.
create table queue_epoch (
    shard int primary key,
    epoch text not null,
    redis_run_id text,
    changed_at timestamptz not null
);

insert into queue_epoch (shard, epoch, changed_at) values (0, 'none', now());
