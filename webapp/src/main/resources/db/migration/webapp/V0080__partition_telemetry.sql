-- Telemetry is partitioned by the run's id like the run itself, so that it leaves by dropping months. Lines know their
-- environment, because people search those of all its runs; a line knows the span in which it was written.

create table run_telemetry (
    run_id uuid not null primary key,
    environment_id uuid not null,
    -- Lines that arrived, kept or not: the number of the newest line is never given twice.
    lines bigint not null default 0,
    -- Spans that are kept.
    spans int not null default 0,
    -- Times that a span was written: readers ask for what changed after the last number they saw. The row is locked while
    -- lines or spans are written, so that both numbers follow the order of commits.
    span_changes bigint not null default 0
) partition by range (run_id);

alter table run_log rename to run_log_before;
alter table run_log_before rename constraint run_log_pkey to run_log_before_pkey;

create table run_log (
    run_id uuid not null,
    seq bigint not null,
    environment_id uuid not null,
    at timestamptz not null,
    severity smallint not null,
    attempt int,
    stream text not null,
    span_id text,
    message text not null,
    attributes jsonb,
    primary key (run_id, seq)
) partition by range (run_id);

create index run_log_environment_id_idx on run_log (environment_id, at desc);

create table run_span (
    run_id uuid not null,
    span_id text not null,
    change bigint not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    attempt int,
    kind text not null check (kind in ('SPAN', 'WAIT', 'ATTEMPT')),
    status text not null check (status in ('UNSET', 'OK', 'ERROR')),
    parent_id text,
    name text not null,
    status_message text,
    attributes jsonb,
    events jsonb,
    primary key (run_id, span_id)
) partition by range (run_id);

create index run_span_change_idx on run_span (run_id, change);

create function ensure_telemetry_partitions(first_month date, months int) returns void
    language plpgsql as
$$
declare
    parent text;
    lower_bound timestamptz;
    partition_name text;
begin
    foreach parent in array array['run_telemetry', 'run_log', 'run_span'] loop
        for i in 0..months - 1 loop
            lower_bound := (date_trunc('month', first_month) + make_interval(months => i))::timestamp at time zone 'UTC';
            partition_name := parent || to_char(lower_bound at time zone 'UTC', '"_p"YYYYMM');
            if to_regclass(partition_name) is null then
                execute format(
                    'create table %I partition of %I for values from (%L) to (%L)',
                    partition_name,
                    parent,
                    first_run_id_at(lower_bound),
                    first_run_id_at((lower_bound at time zone 'UTC' + interval '1 month') at time zone 'UTC'));
            end if;
        end loop;
    end loop;
end
$$;

create table run_telemetry_default partition of run_telemetry default;
create table run_log_default partition of run_log default;
create table run_span_default partition of run_span default;

-- What is there already finds its months, those of the last year at most.
do
$$
declare
    earliest timestamptz;
    first_month date;
begin
    select min(to_timestamp(('x' || substring(replace(run_id::text, '-', '') for 12))::bit(48)::bigint / 1000.0))
    into earliest
    from run_log_head;
    if earliest is not null then
        first_month := greatest(date_trunc('month', earliest), date_trunc('month', now()) - interval '12 months')::date;
        perform ensure_telemetry_partitions(first_month, 15);
    end if;
end
$$;

insert into run_telemetry (run_id, environment_id, lines)
select h.run_id, r.environment_id, h.received from run_log_head h join run r on r.id = h.run_id;

insert into run_log (run_id, seq, environment_id, at, severity, attempt, stream, message, attributes)
select l.run_id, l.seq, r.environment_id, l.at, l.severity, l.attempt, l.stream, l.message, l.attributes
from run_log_before l join run r on r.id = l.run_id;

drop table run_log_before;
drop table run_log_head;
