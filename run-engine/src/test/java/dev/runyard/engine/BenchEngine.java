package dev.runyard.engine;

import dev.runyard.engine.claim.ClaimRequest;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.directory.RunLists;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.queue.redis.FillRedis;
import dev.runyard.engine.queue.redis.RedisLink;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.testkit.postgres.TestDatabase;
import dev.runyard.testkit.postgres.TestPostgres;
import dev.runyard.testkit.redis.TestRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A running engine for benchmarks: the real clock, all services, warm workers in this process.
final class BenchEngine implements AutoCloseable {
    final TestDatabase database = TestPostgres.create("classpath:db/migration/engine");
    final InMemoryControlPlane controlPlane = new InMemoryControlPlane();
    final EnvironmentId environment = controlPlane.addEnvironment("PRODUCTION", 1_000_000);
    final RunEngine engine;
    private final EngineParts parts;

    BenchEngine() {
        TestRedis.shared().flush();
        parts = EngineParts.assemble(
                new EngineDependencies(
                        database.dataSource(),
                        TestRedis.shared().uri(),
                        controlPlane.environments(),
                        controlPlane.versions(),
                        RunLists.NONE,
                        Instant::now,
                        new SimpleMeterRegistry(),
                        SyncPoints.NONE),
                EngineConfig.DEFAULT);
        engine = new RunEngine(parts);
        controlPlane.deploy(environment, InMemoryControlPlane.task("noop"), InMemoryControlPlane.task("parent"));
        engine.start();
        awaitRedis();
    }

    /// Waits until claims go through Redis.
    void awaitRedis() {
        while (engine.health().queue() != EngineHealth.Queue.REDIS) {
            Thread.onSpinWait();
        }
    }

    <T> T part(Class<T> type) {
        return parts.get(type);
    }

    JdbcClient sql() {
        return JdbcClient.create(database.dataSource());
    }

    RunId trigger() {
        return trigger(TriggerCommand.of(environment, "noop").payload("{\"n\":1}"));
    }

    RunId trigger(TriggerCommandBuilder command) {
        return ((TriggerOutcome.Accepted) engine.trigger(command.build())).runId();
    }

    /// Claims and starts up to n runs in one step, as a warm worker does.
    List<ClaimedRun> claim(int n, Duration patience) {
        return engine.claim(new ClaimRequest("main", "bench", n, patience, "bench-runner"));
    }

    void succeed(ClaimedRun run) {
        engine.complete(
                run.state().runId(),
                run.state().snapshotId(),
                Completion.success(run.state().runId().toString(), "1", "application/json", 1));
    }

    /// Executes runs on warm workers until so many ended; returns the seconds that it took.
    double drain(int runs, int workers, int perClaim) throws InterruptedException {
        AtomicInteger left = new AtomicInteger(runs);
        long start = System.nanoTime();
        parallel(workers, _ -> {
            while (left.get() > 0) {
                List<ClaimedRun> claimed = claim(perClaim, Duration.ofMillis(50));
                parallel(claimed.size(), i -> succeed(claimed.get(i)));
                left.addAndGet(-claimed.size());
            }
        });
        return (System.nanoTime() - start) / 1e9;
    }

    /// Work of one thread of several.
    interface Work {
        void run(int thread) throws InterruptedException;
    }

    static void parallel(int threads, Work work) throws InterruptedException {
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            started.add(Thread.ofVirtual().start(() -> {
                try {
                    work.run(number);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread thread : started) {
            thread.join();
        }
    }

    /// Says `p50 1.2 ms, p99 3.4 ms` of nanoseconds.
    static String quantiles(List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return "p50 %.2f ms, p99 %.2f ms of %d"
                .formatted(
                        sorted[sorted.length / 2] / 1e6,
                        sorted[(int) Math.min(sorted.length - 1, sorted.length * 0.99)] / 1e6,
                        sorted.length);
    }

    /// Flushes Redis and waits until all that is queued stands there again.
    void refill() {
        part(RedisLink.class).distrust();
        TestRedis.shared().flush();
        part(FillRedis.class).ensure();
        awaitRedis();
    }

    /// Writes queued runs set-wise, spread over queues; Redis hears of them when it is filled next.
    void insertQueued(int runs, int queues) {
        sql().sql("""
                with ids as materialized (
                    select i, (lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0')
                        || '7' || substr(md5(random()::text || i), 1, 3) || '8' || substr(md5(i::text), 1, 15))::uuid as id
                    from generate_series(1, :runs) i
                ), runs as (
                    insert into run (id, environment_id, task_id, payload, payload_type, source)
                    select id, :environment, 'noop', '{"n":1}', 'application/json', 'api' from ids
                )
                insert into run_state (
                    run_id, environment_id, task_id, version, last_event, execution, status, queue, worker_queue, score,
                    slot_held, attempt, dispatches, updated_at)
                select id, :environment, 'noop', 1, 'TRIGGERED', 'QUEUED', 'PENDING', 'q' || (i % :queues), 'main',
                    (extract(epoch from now()) * 1000)::bigint + i, false, 0, 0, now()
                from ids
                """)
                .param("runs", runs)
                .param("queues", queues)
                .param("environment", environment.value())
                .update();
    }

    @Override
    public void close() {
        engine.close();
        database.close();
    }
}
