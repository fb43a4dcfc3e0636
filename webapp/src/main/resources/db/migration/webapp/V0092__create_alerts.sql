-- Whom to tell when something goes wrong, and every message that was or will be sent. A message is a row first; its key
-- says what it is about, so that nobody is told twice.
create table alert_channel (
    id uuid not null primary key,
    environment_id uuid not null references environment,
    name text not null,
    kind text not null check (kind in ('WEBHOOK', 'SLACK', 'EMAIL')),
    -- Addresses of webhooks are secrets: whoever has one can post.
    target_sealed bytea not null,
    target_sealed_with text not null,
    -- What people recognize the target by.
    target_hint text not null,
    -- Signs the messages of webhooks.
    secret_sealed bytea not null,
    on_run_failure boolean not null,
    on_deployment boolean not null,
    is_enabled boolean not null,
    created_at timestamptz not null
);

create index alert_channel_environment_id_idx on alert_channel (environment_id);

create table alert_delivery (
    id uuid not null primary key,
    channel_id uuid not null references alert_channel on delete cascade,
    event_key text not null,
    kind text not null check (kind in ('RUN_FAILURE', 'DEPLOYMENT', 'TEST')),
    body jsonb not null,
    status text not null check (status in ('PENDING', 'SENT', 'FAILED')),
    attempts int not null default 0,
    due_at timestamptz not null,
    last_answer text,
    created_at timestamptz not null,
    ended_at timestamptz,
    unique (channel_id, event_key),
    check ((status = 'PENDING') = (ended_at is null))
);

create index alert_delivery_due_at_idx on alert_delivery (due_at) where status = 'PENDING';
create index alert_delivery_channel_id_idx on alert_delivery (channel_id, id desc);
create index alert_delivery_created_at_idx on alert_delivery (created_at);

create index deployment_deployed_at_idx on deployment (environment_id, deployed_at) where deployed_at is not null;
