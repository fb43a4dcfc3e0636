-- Partitions by month. The engine calls ensure_run_partitions at start and once a day, two months ahead; the default
-- partitions only take ids whose time lies outside, which a wrong clock could make.

create function first_run_id_at(instant timestamptz) returns uuid
    language sql immutable
    return (lpad(to_hex((extract(epoch from instant) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid;

create function ensure_run_partitions(first_month date, months int) returns void
    language plpgsql as
$$
declare
    parent text;
    lower_bound timestamptz;
    partition_name text;
begin
    foreach parent in array array['run', 'run_state', 'run_result', 'run_transition'] loop
        for i in 0..months - 1 loop
            lower_bound := (date_trunc('month', first_month) + make_interval(months => i))::timestamp at time zone 'UTC';
            partition_name := parent || to_char(lower_bound at time zone 'UTC', '"_p"YYYYMM');
            if to_regclass(partition_name) is null then
                execute format(
                    'create table %I partition of %I for values from (%L) to (%L) with (fillfactor = %s)',
                    partition_name,
                    parent,
                    first_run_id_at(lower_bound),
                    first_run_id_at((lower_bound at time zone 'UTC' + interval '1 month') at time zone 'UTC'),
                    -- A state is written about four times: room on its page keeps the versions together.
                    case parent when 'run_state' then 60 else 100 end);
            end if;
        end loop;
    end loop;
end
$$;

create table run_default partition of run default;
create table run_state_default partition of run_state default with (fillfactor = 60);
create table run_result_default partition of run_result default;
create table run_transition_default partition of run_transition default;
