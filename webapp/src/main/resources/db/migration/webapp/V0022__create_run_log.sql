-- Lines that runs wrote. A run's head row counts what arrived and is locked while lines are appended, so that numbers
-- follow the order of commits: a reader that asks for lines after the last number it saw never misses one.
create table run_log_head (
    run_id uuid not null primary key,
    received bigint not null
);

create table run_log (
    run_id uuid not null,
    seq bigint not null,
    at timestamptz not null,
    severity smallint not null,
    stream text not null,
    message text not null,
    attributes jsonb,
    attempt int,
    primary key (run_id, seq)
);
