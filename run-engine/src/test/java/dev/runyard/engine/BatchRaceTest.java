package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.batch.AddItemsOutcome;
import dev.runyard.engine.batch.BatchItem;
import dev.runyard.engine.batch.BatchStatus;
import dev.runyard.engine.batch.BatchView;
import dev.runyard.engine.batch.CreateBatchOutcome;
import dev.runyard.engine.batch.NewBatch;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.timer.TimerWheel;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What several callers, workers and timers do to one batch at the same moment.
class BatchRaceTest {
    private static final int PAIRS = 10;

    private final EngineHarness harness =
            EngineHarness.create(TestRedis.shared().uri());
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeEach
    void deploy() {
        harness.controlPlane.deploy(harness.environment, task("work"));
    }

    @AfterEach
    void close() {
        executor.close();
        harness.close();
    }

    private BatchView create(EnvironmentId environment, int expected) {
        return ((CreateBatchOutcome.Created) harness.engine.batches().create(NewBatch.of(environment, expected)))
                .batch();
    }

    private BatchView create(int expected) {
        return create(harness.environment, expected);
    }

    private AddItemsOutcome add(BatchView batch, int... indexes) {
        List<BatchItem> items = IntStream.of(indexes)
                .mapToObj(index -> BatchItem.of(
                        index, TriggerCommand.of(batch.environmentId(), "work").build()))
                .toList();
        return harness.engine.batches().add(batch.environmentId(), batch.id(), items);
    }

    private BatchView view(BatchView batch) {
        return harness.engine
                .batches()
                .queries()
                .find(batch.environmentId(), batch.id())
                .orElseThrow();
    }

    private int count(String sql) {
        return harness.sql().sql(sql).query(Integer.class).single();
    }

    /// Runs calls at the same moment.
    private <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(calls.size());
        List<Future<T>> futures = new ArrayList<>();
        for (Callable<T> call : calls) {
            futures.add(executor.submit(() -> {
                barrier.await(5, TimeUnit.SECONDS);
                return call.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get(30, TimeUnit.SECONDS));
        }
        return results;
    }

    @Test
    @Shows({"B2-2", "BQ-5"})
    void storesAnItemOnceThatManyCallersBring() throws Exception {
        int expected = 30;
        BatchView batch = create(expected);
        List<Callable<Integer>> callers = new ArrayList<>();
        for (int caller = 0; caller < 4; caller++) {
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, expected).boxed().toList());
            Collections.shuffle(order, new Random(caller));
            callers.add(() -> IntStream.range(0, expected / 5)
                    .map(chunk -> accepted(add(
                            batch,
                            order.subList(chunk * 5, chunk * 5 + 5).stream()
                                    .mapToInt(Integer::intValue)
                                    .toArray())))
                    .sum());
        }
        int accepted = atOnce(callers).stream().mapToInt(Integer::intValue).sum();
        assertThat(accepted).isEqualTo(expected);
        assertThat(view(batch).received()).isEqualTo(expected);
        assertThat(view(batch).isSealed()).isTrue();
        assertThat(count("select count(*) from run")).isEqualTo(expected);
        assertThat(count("select count(distinct batch_index) from run")).isEqualTo(expected);
    }

    private static int accepted(AddItemsOutcome outcome) {
        return ((AddItemsOutcome.Added) outcome).accepted();
    }

    @Test
    void completesOnceWhenTheLastRunsEndAtOnce() throws Exception {
        for (int pair = 0; pair < PAIRS; pair++) {
            BatchView batch = create(3);
            add(batch, 0, 1, 2);
            List<Callable<Object>> ends = harness.claim(3).stream()
                    .map(run -> harness.start(run.state()))
                    .<Callable<Object>>map(started -> () -> harness.succeed(started))
                    .toList();
            atOnce(ends);
            // Whoever counts first may go on for the others in a thread of its own.
            Awaitility.await().until(() -> view(batch).status() == BatchStatus.COMPLETED);
            assertThat(view(batch).finished()).isEqualTo(3);
            assertThat(count("select count(*) from batch_finish")).isZero();
        }
    }

    @Test
    void countsARunThatEndsWhileAnItemJoinsIt() throws Exception {
        for (int pair = 0; pair < PAIRS; pair++) {
            TriggerCommand command = TriggerCommand.of(harness.environment, "work")
                    .idempotencyKey(new TriggerCommand.IdempotencyKey(
                            "k" + pair, null, harness.clock.instant().plus(Duration.ofDays(30))))
                    .build();
            harness.trigger(command);
            RunState started = harness.startNext();
            BatchView batch = create(1);
            atOnce(List.of(
                    () -> harness.succeed(started),
                    () -> harness.engine
                            .batches()
                            .add(harness.environment, batch.id(), List.of(BatchItem.of(0, command)))));
            assertThat(view(batch).status()).isEqualTo(BatchStatus.COMPLETED);
        }
        assertThat(count("select count(*) from run")).isEqualTo(PAIRS);
    }

    @Test
    @Shows({"B2-6"})
    void eitherSealsOrAbortsWhenTheLastItemComesAtTheLastMoment() throws Exception {
        for (int pair = 0; pair < PAIRS; pair++) {
            BatchView batch = create(2);
            add(batch, 0);
            harness.clock.advance(harness.config().batches().sealTimeout());
            List<Object> outcomes = atOnce(List.of(
                    () -> add(batch, 1), () -> harness.part(TimerWheel.class).fireDue()));
            BatchView after = view(batch);
            if (outcomes.getFirst() instanceof AddItemsOutcome.Added) {
                assertThat(after.status()).isEqualTo(BatchStatus.PENDING);
                assertThat(after.isSealed()).isTrue();
                assertThat(after.received()).isEqualTo(2);
            } else {
                assertThat(outcomes.getFirst()).isEqualTo(new AddItemsOutcome.Aborted(after));
                assertThat(after.status()).isEqualTo(BatchStatus.ABORTED);
                assertThat(after.received()).isEqualTo(1);
            }
            assertThat(harness.engine.batches().queries().items(harness.environment, batch.id()))
                    .hasSize(after.received());
        }
        assertThat(count("select count(*) from timer")).isZero();
    }

    @Test
    @Shows({"BQ-11", "BQ-12"})
    void holdsBackNeitherAnotherEnvironmentNorASingleTrigger() throws Exception {
        EnvironmentId other = harness.controlPlane.addEnvironment("PRODUCTION", 10);
        List<BatchView> big = IntStream.range(0, 6).mapToObj(_ -> create(2)).toList();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        harness.atSyncPoints(point -> {
            if (point == SyncPoint.BATCH_ITEMS_WRITTEN && first.getAndSet(false)) {
                inside.countDown();
                await(letGo);
            }
        });
        List<Future<AddItemsOutcome>> uploads = new ArrayList<>();
        for (BatchView batch : big) {
            uploads.add(executor.submit(() -> add(batch, 0, 1)));
        }
        await(inside);
        BatchView small = create(other, 1);
        assertThat(((AddItemsOutcome.Added) add(small, 0)).batch().isSealed()).isTrue();
        assertThat(harness.engine.trigger(
                        TriggerCommand.of(harness.environment, "work").build()))
                .isInstanceOf(TriggerOutcome.Accepted.class);
        assertThat(count("select count(*) from run")).as("all but the held").isEqualTo(2);
        letGo.countDown();
        for (Future<AddItemsOutcome> upload : uploads) {
            assertThat(accepted(upload.get(30, TimeUnit.SECONDS))).isEqualTo(2);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
