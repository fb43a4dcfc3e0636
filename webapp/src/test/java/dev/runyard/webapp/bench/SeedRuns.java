package dev.runyard.webapp.bench;

import dev.runyard.protocol.id.EnvironmentId;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Stores many runs of the last six days at once, as they lie there when nothing but time made them so: a
/// few tasks have most of the runs, nearly all succeeded, every third has a tag.
final class SeedRuns {
    static final int TASKS = 200;
    static final int TAGS = 5_000;

    private static final String NUMBERS = """
            create temporary table seed as
            select
                i,
                (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(i::text), 1, 3)
                    || '8' || substr(md5(i::text), 5, 15))::uuid as id,
                at,
                -- Task n has a share that falls with the square of n.
                'bench-task-' || floor(:tasks * pow(random(), 3))::int as task,
                case
                    when i % 10000 = 0 then 'CRASHED'
                    when i % 5000 = 1 then 'CANCELED'
                    when i % 25 = 2 then 'COMPLETED_WITH_ERRORS'
                    when i % 100000 = 3 then 'DELAYED'
                    else 'COMPLETED_SUCCESSFULLY' end as status,
                case when i % 3 = 0 then array['tenant-' || (i / 3) % :tags] else '{}'::text[] end as tags,
                i % 20000 = 4 as is_test
            from (
                select i, now() - interval '6 days' + i * (interval '6 days' / :count) as at
                from generate_series(1, :count) i
            ) times
            """;
    private static final String RUNS = """
            insert into run (id, environment_id, task_id, payload, payload_type, tags, is_test, source)
            select id, :environment, task, '{"n":1}', 'application/json', tags, is_test, 'api' from seed
            """;
    private static final String STATES = """
            insert into run_state (
                run_id, environment_id, task_id, queue, worker_queue, score, attempt, dispatches, completed_at,
                delay_until, not_before, updated_at, version, slot_held, last_event, execution, status)
            select
                id, :environment, task, 'task/' || task, 'main', extract(epoch from at)::bigint, 1, 1,
                case when status = 'DELAYED' then null else at + interval '2 seconds' end,
                case when status = 'DELAYED' then at + interval '30 days' end,
                case when status = 'DELAYED' then at + interval '30 days' end,
                at, 4, false,
                case when status = 'DELAYED' then 'TRIGGERED_WITH_DELAY' else 'SUCCEEDED' end,
                case when status = 'DELAYED' then 'DELAYED' else 'FINISHED' end,
                status
            from seed
            """;

    private SeedRuns() {}

    static void seed(JdbcClient sql, EnvironmentId environment, int count) {
        sql.sql("select ensure_run_partitions((now() - interval '7 days')::date, 3)")
                .query((_, _) -> 1)
                .list();
        sql.sql("drop table if exists pg_temp.seed").update();
        sql.sql(NUMBERS)
                .param("tasks", TASKS)
                .param("tags", TAGS)
                .param("count", count)
                .update();
        sql.sql(RUNS).param("environment", environment.value()).update();
        sql.sql(STATES).param("environment", environment.value()).update();
        sql.sql("vacuum analyze run, run_state").update();
    }
}
