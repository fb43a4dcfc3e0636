package dev.runyard.engine;

import static dev.runyard.engine.BenchEngine.quantiles;

import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.queue.QueueDeclaration;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The engine's figures of docs/internals/figures.md. Not part of the tests: run it by its name.
class EngineBench {
    private static final Logger LOG = LoggerFactory.getLogger(EngineBench.class);
    private static final int BACKLOG = Integer.getInteger("bench.backlog", 1_000_000);

    @Test
    void triggersBesideTheCommitFloor() throws InterruptedException {
        try (BenchEngine bench = new BenchEngine()) {
            bench.sql()
                    .sql("create table floor (id bigint generated always as identity primary key, body text)")
                    .update();
            JdbcClient sql = bench.sql();
            for (int round = 0; round < 2; round++) {
                for (int threads : new int[] {1, 32}) {
                    LOG.info(
                            "commit floor, {} threads: {}/s",
                            threads,
                            perSecond(
                                    threads,
                                    () -> sql.sql("insert into floor (body) values ('{\"n\":1}')")
                                            .update()));
                    LOG.info("trigger, {} threads: {}/s", threads, perSecond(threads, bench::trigger));
                }
            }
        }
    }

    private static long perSecond(int threads, Runnable action) throws InterruptedException {
        AtomicInteger done = new AtomicInteger();
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        BenchEngine.parallel(threads, _ -> {
            while (System.nanoTime() < end) {
                action.run();
                done.incrementAndGet();
            }
        });
        return done.get() / 5;
    }

    @Test
    void noOpRunsEndToEnd() throws InterruptedException {
        int runs = 10_000;
        try (BenchEngine bench = new BenchEngine()) {
            for (int round = 0; round < 3; round++) {
                long start = System.nanoTime();
                AtomicInteger left = new AtomicInteger(runs);
                BenchEngine.parallel(16, _ -> {
                    while (left.getAndDecrement() > 0) {
                        bench.trigger();
                    }
                });
                double triggered = (System.nanoTime() - start) / 1e9;
                double drained = bench.drain(runs, 2, 50);
                LOG.info("no-op: {} triggers/s, then {} runs/s drained", rate(runs, triggered), rate(runs, drained));
            }
        }
    }

    @Test
    void handOffOfAQueueWithLimitOne() throws InterruptedException {
        int runs = 1_000;
        try (BenchEngine bench = new BenchEngine()) {
            bench.engine.declareQueues(bench.environment, List.of(new QueueDeclaration("task/noop", 1)));
            for (int i = 0; i < runs; i++) {
                bench.trigger();
            }
            SynchronousQueue<ClaimedRun> claimed = new SynchronousQueue<>();
            Thread claimer = Thread.ofVirtual().start(() -> {
                try {
                    for (int left = runs; left > 0; ) {
                        for (ClaimedRun run : bench.claim(1, Duration.ofSeconds(5))) {
                            claimed.put(run);
                            left--;
                        }
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            List<Long> nanos = new ArrayList<>();
            ClaimedRun run = claimed.take();
            for (int i = 1; i < runs; i++) {
                long start = System.nanoTime();
                bench.succeed(run);
                run = claimed.take();
                nanos.add(System.nanoTime() - start);
            }
            bench.succeed(run);
            claimer.join();
            LOG.info("hand-off, limit 1, from `complete` of one run to the next one started: {}", quantiles(nanos));
        }
    }

    @Test
    void aBacklogOfAMillion() throws InterruptedException {
        try (BenchEngine bench = new BenchEngine()) {
            double small = claimLatency(bench, 1_000, "a backlog of 1,000");
            long memoryBefore = redisMemory();
            bench.insertQueued(BACKLOG, 100);
            long start = System.nanoTime();
            bench.refill();
            LOG.info(
                    "rebuild of {} queued runs after a flush: {} s",
                    BACKLOG,
                    "%.1f".formatted((System.nanoTime() - start) / 1e9));
            LOG.info("Redis holds {} bytes a queued run", (redisMemory() - memoryBefore) / BACKLOG);
            LOG.info("PostgreSQL holds {} bytes a queued run", tableBytes(bench) / BACKLOG);
            double large = claimLatency(bench, 0, "a backlog of " + BACKLOG);
            LOG.info(
                    "claim p50 with the large backlog is {} times that with the small one",
                    "%.2f".formatted(large / small));
            double seconds = bench.drain(5_000, 2, 50);
            LOG.info("drained {} runs/s out of the large backlog", rate(5_000, seconds));
        }
    }

    private static double claimLatency(BenchEngine bench, int queued, String name) {
        for (int i = 0; i < queued; i++) {
            bench.trigger();
        }
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            long start = System.nanoTime();
            List<ClaimedRun> runs = bench.claim(1, Duration.ofSeconds(1));
            nanos.add(System.nanoTime() - start);
            runs.forEach(bench::succeed);
        }
        nanos.subList(0, 100).clear();
        LOG.info("claim and start with {}: {}", name, quantiles(nanos));
        Collections.sort(nanos);
        return nanos.get(nanos.size() / 2);
    }

    @Test
    void tenThousandQueues() throws InterruptedException {
        try (BenchEngine bench = new BenchEngine()) {
            bench.insertQueued(50_000, 1);
            bench.refill();
            double one = bench.drain(50_000, 2, 50);
            LOG.info("one queue of 50,000: {} runs/s", rate(50_000, one));
            bench.insertQueued(50_000, 10_000);
            bench.refill();
            double many = bench.drain(50_000, 2, 50);
            LOG.info(
                    "10,000 queues of 5: {} runs/s, {} of the single queue's",
                    rate(50_000, many),
                    "%.2f".formatted(one / many));
        }
    }

    private static long tableBytes(BenchEngine bench) {
        return bench.sql()
                .sql("select sum(pg_total_relation_size(c.oid)) from pg_class c where relname ~ '^run.*_p\\d{6}$'")
                .query(Long.class)
                .single();
    }

    private static long redisMemory() {
        return TestRedis.shared().usedMemory();
    }

    private static long rate(int runs, double seconds) {
        return Math.round(runs / seconds);
    }
}
