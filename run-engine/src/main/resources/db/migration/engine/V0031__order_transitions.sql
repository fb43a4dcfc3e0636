-- The history of runs is also the feed of domain events (docs/decisions/0010): each row knows the transaction that wrote
-- it, and a reader goes no further than the oldest transaction that still runs. A BRIN index costs a writer nothing.
alter table run_transition add column tx bigint;
alter table run_transition alter column tx set default (pg_current_xact_id()::text::bigint);

create index run_transition_tx_idx on run_transition using brin (tx) with (pages_per_range = 16, autosummarize = on);

-- How far each reader of the feed has come: everything up to this position was acknowledged.
create table event_cursor (
    consumer text not null primary key,
    tx bigint not null,
    run_id uuid not null,
    version int not null,
    moved_at timestamptz not null
);

-- What is added to the server's transaction numbers. They begin anew where a dump is restored into another server.
create table event_order (
    id int primary key check (id = 0),
    shift bigint not null
);

insert into event_order (id, shift) values (0, 0);
