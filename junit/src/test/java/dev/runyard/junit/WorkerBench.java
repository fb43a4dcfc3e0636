package dev.runyard.junit;

import dev.runyard.sdk.Task;
import dev.runyard.sdk.client.ClientConfig;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.sdk.run.BatchItem;
import dev.runyard.worker.TaskSet;
import dev.runyard.worker.Worker;
import dev.runyard.worker.WorkerListener;
import dev.runyard.worker.WorkerOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Figures of a worker inside an application; see docs/internals/figures.md. Not a test of anything.
@RunyardTest
class WorkerBench {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerBench.class);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int RUNS = 1_000;
    private static final int WARM_UP = 200;
    private static final int SAMPLES = 200;

    private final EmbeddedRunyard server;

    WorkerBench(EmbeddedRunyard server) {
        this.server = server;
    }

    static final class Nothing {
        static final Task<Integer, Integer> NOTHING = Task.define("nothing")
                .input(Integer.class)
                .output(Integer.class)
                .run((number, _) -> number);

        private Nothing() {}
    }

    /// Runs that wait in the queue already, from the start of the worker's asking to the report of the last.
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void runsPerSecond(int concurrency) throws InterruptedException {
        execute(concurrency, WARM_UP);
        long nanos = execute(concurrency, RUNS);
        LOG.info("concurrency {}: {} runs per second", concurrency, Math.round(RUNS * 1e9 / nanos));
    }

    /// From the call of the trigger to the end of the attempt, one run after the other.
    @Test
    void overheadOfAWarmAttempt() throws InterruptedException {
        ClientConfig config = ClientConfig.of(server.url(), server.secretKey());
        Semaphore ended = new Semaphore(0);
        WorkerListener note = new WorkerListener() {
            @Override
            public void attemptEnded(String task, String run, boolean succeeded, Duration took) {
                ended.release();
            }
        };
        WorkerOptions options = WorkerOptions.of(config).withListener(note);
        try (Worker worker = Worker.start(options, TaskSet.of(Nothing.class));
                Runyard client = Runyard.connect(config)) {
            worker.awaitRegistered(PATIENCE);
            long[] nanos = new long[SAMPLES];
            for (int i = -WARM_UP; i < SAMPLES; i++) {
                long begin = System.nanoTime();
                client.trigger(Nothing.NOTHING, i);
                ended.acquire();
                nanos[Math.max(0, i)] = System.nanoTime() - begin;
            }
            Arrays.sort(nanos);
            LOG.info(
                    "trigger to end: p50 {} ms, p99 {} ms",
                    nanos[SAMPLES / 2] / 1_000_000.0,
                    nanos[SAMPLES * 99 / 100] / 1_000_000.0);
        }
    }

    private long execute(int concurrency, int runs) throws InterruptedException {
        ClientConfig config = ClientConfig.of(server.url(), server.secretKey());
        CountDownLatch ended = new CountDownLatch(runs);
        WorkerListener count = new WorkerListener() {
            @Override
            public void attemptEnded(String task, String run, boolean succeeded, Duration took) {
                ended.countDown();
            }
        };
        WorkerOptions options = WorkerOptions.of(config).withConcurrency(concurrency);
        TaskSet tasks = TaskSet.of(Nothing.class);
        try (Runyard client = Runyard.connect(config)) {
            // The version must be there, or the runs would wait for it and not for a worker.
            try (Worker first = Worker.start(options, tasks)) {
                first.awaitRegistered(PATIENCE);
            }
            List<BatchItem<Integer>> items = IntStream.range(0, runs)
                    .mapToObj(number -> BatchItem.of(Nothing.NOTHING, number))
                    .toList();
            client.batches().trigger(items);
            long begin = System.nanoTime();
            try (Worker worker = Worker.start(options.withListener(count), tasks)) {
                if (!ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IllegalStateException(ended.getCount() + " runs did not end");
                }
                return System.nanoTime() - begin;
            }
        }
    }
}
