package dev.runyard.engine;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.runyard.testkit.postgres.TestDatabase;
import dev.runyard.testkit.postgres.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The same no-op jobs as EngineBench on db-scheduler, a library that keeps its jobs in PostgreSQL: what to approach.
class DbSchedulerBench {
    private static final Logger LOG = LoggerFactory.getLogger(DbSchedulerBench.class);
    private static final int JOBS = 10_000;

    @Test
    void noOpJobs() throws InterruptedException {
        try (TestDatabase database = TestPostgres.create("classpath:none")) {
            JdbcClient.create(database.dataSource()).sql("""
                            create table scheduled_tasks (
                                task_name text not null, task_instance text not null, task_data bytea,
                                execution_time timestamptz not null, picked boolean not null, picked_by text,
                                last_success timestamptz, last_failure timestamptz, consecutive_failures int,
                                last_heartbeat timestamptz, version bigint not null, priority smallint,
                                state text, primary key (task_name, task_instance))
                            """).update();
            JdbcClient.create(database.dataSource())
                    .sql("create index on scheduled_tasks (execution_time)")
                    .update();
            for (int round = 0; round < 3; round++) {
                measure(database, round);
            }
        }
    }

    private static void measure(TestDatabase database, int round) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(JOBS);
        OneTimeTask<Void> task = Tasks.oneTime("noop").execute((_, _) -> done.countDown());
        Scheduler scheduler = Scheduler.create(database.dataSource(), task)
                .threads(16)
                .pollUsingLockAndFetch(0.5, 4.0)
                .pollingInterval(Duration.ofMillis(100))
                .build();
        long start = System.nanoTime();
        AtomicInteger left = new AtomicInteger(JOBS);
        BenchEngine.parallel(16, _ -> {
            for (int i = left.getAndDecrement(); i > 0; i = left.getAndDecrement()) {
                scheduler.schedule(task.instance(round + "-" + i), Instant.now());
            }
        });
        double added = (System.nanoTime() - start) / 1e9;
        start = System.nanoTime();
        scheduler.start();
        done.await();
        double drained = (System.nanoTime() - start) / 1e9;
        LOG.info(
                "db-scheduler: {} added/s, then {} jobs/s drained",
                Math.round(JOBS / added),
                Math.round(JOBS / drained));
        scheduler.stop();
    }
}
