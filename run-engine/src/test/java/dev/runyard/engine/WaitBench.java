package dev.runyard.engine;

import static dev.runyard.engine.BenchEngine.quantiles;

import dev.runyard.engine.batch.BatchItem;
import dev.runyard.engine.batch.BatchView;
import dev.runyard.engine.batch.CreateBatchOutcome;
import dev.runyard.engine.batch.NewBatch;
import dev.runyard.engine.change.RunChanged;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.run.RunCheckpoint;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.waitpoint.BlockOutcome;
import dev.runyard.engine.waitpoint.BlockRequest;
import dev.runyard.engine.waitpoint.CreateOutcome;
import dev.runyard.engine.waitpoint.NewWaitpoint;
import dev.runyard.engine.waitpoint.SuspendOutcome;
import dev.runyard.engine.waitpoint.WaitingParent;
import dev.runyard.engine.waitpoint.WaitpointOutput;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.protocol.run.CheckpointType;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Figures of waits and batches for docs/internals/figures.md. Not part of the tests: run it by its name.
class WaitBench {
    private static final Logger LOG = LoggerFactory.getLogger(WaitBench.class);
    private static final int WAITING = Integer.getInteger("bench.waiting", 100_000);
    private static final int BATCH = 1_000;

    @Test
    void resumesWhenItsTimeComes() throws Exception {
        try (BenchEngine bench = new BenchEngine();
                Resumes resumes = new Resumes(bench)) {
            timers(bench, resumes, 1_000, Duration.ofMillis(2));
            for (Duration pause : List.of(Duration.ofMillis(10), Duration.ofMillis(2))) {
                LOG.info(
                        "wait until a time, one every {} ms, from the time to the resumed run: {}",
                        pause.toMillis(),
                        quantiles(timers(bench, resumes, 1_000, pause)));
            }
        }
    }

    /// Lets runs wait for times that lie a pause apart; returns how late each went on, in nanoseconds.
    private static List<Long> timers(BenchEngine bench, Resumes resumes, int runs, Duration pause)
            throws InterruptedException {
        List<RunState> started = start(bench, runs);
        Instant first = Instant.now().plusSeconds(10);
        Map<RunId, Instant> due = new ConcurrentHashMap<>();
        for (int i = 0; i < runs; i++) {
            RunState run = started.get(i);
            Instant at = first.plus(pause.multipliedBy(i));
            due.put(run.runId(), at);
            resumes.watch(block(bench, run, create(bench, NewWaitpoint.datetime(bench.environment, at, null))));
        }
        resumes.await(runs);
        return due.entrySet().stream()
                .map(wait -> Duration.between(wait.getValue(), resumes.at(wait.getKey()))
                        .toNanos())
                .toList();
    }

    @Test
    void resumesWhenItsTokenIsCompleted() throws Exception {
        int runs = 1_000;
        try (BenchEngine bench = new BenchEngine();
                Resumes resumes = new Resumes(bench)) {
            List<Long> nanos = new ArrayList<>();
            for (RunState run : start(bench, runs)) {
                WaitpointId token = create(bench, NewWaitpoint.token(bench.environment, null, null, List.of()));
                resumes.watch(block(bench, run, token));
                Instant completed = Instant.now();
                complete(bench, token);
                resumes.await(1);
                nanos.add(Duration.between(completed, resumes.at(run.runId())).toNanos());
            }
            LOG.info("token, from the call that completes it to the resumed run: {}", quantiles(nanos));
        }
    }

    @Test
    void fansOutAndJoins() throws Exception {
        try (BenchEngine bench = new BenchEngine();
                Resumes resumes = new Resumes(bench)) {
            List<Long> nanos = new ArrayList<>();
            for (int round = 0; round < 12; round++) {
                RunState parent = start(bench, 1).getFirst();
                long begin = System.nanoTime();
                BatchView batch = batch(
                        bench,
                        NewBatch.of(bench.environment, BATCH).withWaitingParent(WaitingParent.of(parent.runId())));
                resumes.watch(bench.engine.state(parent.runId()).orElseThrow());
                bench.engine.batches().add(bench.environment, batch.id(), items(bench, "noop"));
                bench.drain(BATCH, 2, 50);
                resumes.await(1);
                nanos.add(System.nanoTime() - begin);
            }
            nanos.subList(0, 2).clear();
            LOG.info("fan-out to 1,000 children and join: {}", quantiles(nanos));
        }
    }

    @Test
    void takesBatchesBesideTheInsertFloor() throws InterruptedException {
        int batches = 20;
        try (BenchEngine bench = new BenchEngine()) {
            bench.sql()
                    .sql("create table floor (id bigint generated always as identity primary key, body text)")
                    .update();
            String[] bodies =
                    IntStream.range(0, BATCH).mapToObj(i -> "{\"n\":1}").toArray(String[]::new);
            for (int round = 0; round < 2; round++) {
                LOG.info(
                        "insert floor, 1,000 rows a statement, 2 callers: {} rows/s",
                        perSecond(
                                batches,
                                () -> bench.sql()
                                        .sql("insert into floor (body) select unnest(?)")
                                        .param(bodies)
                                        .update()));
                LOG.info("batches of 1,000, 2 callers: {} runs/s", perSecond(batches, () -> {
                    BatchView batch = batch(bench, NewBatch.of(bench.environment, BATCH));
                    bench.engine.batches().add(bench.environment, batch.id(), items(bench, "noop"));
                }));
            }
        }
    }

    private static long perSecond(int batches, Runnable batch) throws InterruptedException {
        long start = System.nanoTime();
        BenchEngine.parallel(2, _ -> IntStream.range(0, batches).forEach(_ -> batch.run()));
        return Math.round(2.0 * batches * BATCH / ((System.nanoTime() - start) / 1e9));
    }

    @Test
    void manyWaitAtOnce() throws Exception {
        try (BenchEngine bench = new BenchEngine();
                Resumes resumes = new Resumes(bench)) {
            long redis = TestRedis.shared().usedMemory();
            long tables = bytes(bench);
            int threads = Thread.activeCount();
            WaitpointId token = create(bench, NewWaitpoint.token(bench.environment, null, null, List.of()));
            for (int left = WAITING; left > 0; left -= BATCH) {
                BatchView batch = batch(bench, NewBatch.of(bench.environment, BATCH));
                bench.engine.batches().add(bench.environment, batch.id(), items(bench, "noop"));
                List<RunState> started = claim(bench, BATCH);
                BenchEngine.parallel(
                        32,
                        thread -> IntStream.range(0, BATCH)
                                .filter(i -> i % 32 == thread)
                                .forEach(i -> resumes.watch(suspend(bench, block(bench, started.get(i), token)))));
            }
            LOG.info(
                    "a waiting run takes {} bytes of PostgreSQL (its batch item included), {} of Redis, {} threads",
                    (bytes(bench) - tables) / WAITING,
                    (TestRedis.shared().usedMemory() - redis) / WAITING,
                    Math.max(0, Thread.activeCount() - threads));
            long begin = System.nanoTime();
            complete(bench, token);
            LOG.info(
                    "completing a token that {} runs wait for: {} ms",
                    WAITING,
                    (System.nanoTime() - begin) / 1_000_000);
            resumes.await(WAITING);
            LOG.info(
                    "{} runs resumed by one token: {}/s",
                    WAITING,
                    Math.round(WAITING / ((System.nanoTime() - begin) / 1e9)));
        }
    }

    private static long bytes(BenchEngine bench) {
        return bench.sql().sql("""
                        select sum(pg_total_relation_size(c.oid)) from pg_class c
                        where relkind = 'r' and relnamespace = 'public'::regnamespace
                        """).query(Long.class).single();
    }

    private static List<RunState> start(BenchEngine bench, int runs) {
        for (int i = 0; i < runs; i++) {
            bench.trigger(TriggerCommand.of(bench.environment, "parent").payload("{\"n\":1}"));
        }
        return claim(bench, runs);
    }

    private static List<RunState> claim(BenchEngine bench, int runs) {
        List<RunState> started = new ArrayList<>();
        while (started.size() < runs) {
            bench.claim(Math.min(50, runs - started.size()), Duration.ofSeconds(5)).stream()
                    .map(ClaimedRun::state)
                    .forEach(started::add);
        }
        return started;
    }

    private static BatchView batch(BenchEngine bench, NewBatch request) {
        return ((CreateBatchOutcome.Created) bench.engine.batches().create(request)).batch();
    }

    private static List<BatchItem> items(BenchEngine bench, String task) {
        return IntStream.range(0, BATCH)
                .mapToObj(i -> BatchItem.of(
                        i,
                        TriggerCommand.of(bench.environment, task)
                                .payload("{\"n\":1}")
                                .build()))
                .toList();
    }

    private static WaitpointId create(BenchEngine bench, NewWaitpoint request) {
        return ((CreateOutcome.Created) bench.engine.waits().create(request))
                .waitpoint()
                .id();
    }

    private static RunState block(BenchEngine bench, RunState run, WaitpointId waitpoint) {
        return ((BlockOutcome.Waiting)
                        bench.engine.waits().block(BlockRequest.of(bench.environment, run.runId(), waitpoint)))
                .state();
    }

    /// Ends the process of a waiting run, as a supervisor does after a checkpoint.
    private static RunState suspend(BenchEngine bench, RunState waiting) {
        SuspendOutcome outcome = bench.engine
                .waits()
                .suspend(
                        waiting.runId(),
                        waiting.snapshotId(),
                        new RunCheckpoint(UUID.randomUUID(), CheckpointType.DOCKER, "bench", null, null));
        return ((SuspendOutcome.Suspended) outcome).state();
    }

    private static void complete(BenchEngine bench, WaitpointId token) {
        bench.engine.waits().complete(bench.environment, token, WaitpointOutput.success("1", "application/json"));
    }

    /// When waiting runs went on, or those without a process were queued to go on.
    private static final class Resumes implements AutoCloseable {
        private final Map<RunId, Integer> waitingAt = new ConcurrentHashMap<>();
        private final Map<RunId, Instant> resumed = new ConcurrentHashMap<>();
        private final Semaphore count = new Semaphore(0);
        private final AutoCloseable subscription;

        Resumes(BenchEngine bench) {
            subscription = bench.engine.onChange(this::changed);
        }

        private void changed(RunChanged change) {
            Integer version = waitingAt.get(change.runId());
            if (version != null
                    && (change.status() == RunStatus.EXECUTING || change.status() == RunStatus.WAITING_TO_RESUME)
                    && change.version() > version
                    && resumed.putIfAbsent(change.runId(), Instant.now()) == null) {
                count.release();
            }
        }

        void watch(RunState waiting) {
            waitingAt.put(waiting.runId(), waiting.version());
        }

        /// Waits until so many more runs went on.
        void await(int runs) throws InterruptedException {
            count.acquire(runs);
        }

        Instant at(RunId run) {
            return resumed.getOrDefault(run, Instant.MAX);
        }

        @Override
        public void close() throws Exception {
            subscription.close();
        }
    }
}
