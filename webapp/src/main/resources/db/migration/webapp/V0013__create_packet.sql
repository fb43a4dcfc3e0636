-- Large payloads, which the official client uploads before it triggers: from 128 KiB on it sends only where they lie. They
-- stay until they are old; by then the run that was triggered with one has its own copy.
create table packet (
    environment_id uuid not null,
    path text not null,
    content text not null,
    content_type text not null,
    created_at timestamptz not null,
    primary key (environment_id, path)
);

create index packet_created_at_idx on packet (created_at);
