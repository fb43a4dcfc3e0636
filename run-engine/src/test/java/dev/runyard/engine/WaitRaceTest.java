package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.attempt.CompleteOutcome;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.waitpoint.BlockOutcome;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens between two statements of a wait, and all of it at once.
class WaitRaceTest {
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    private EngineHarness harness;
    private WaitSteps steps;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(harness.environment, task("work"));
        steps = new WaitSteps(harness);
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    /// Stops the first that reaches a point until the other waits for a row that the first one holds.
    private <T> CompletableFuture<T> whileAt(SyncPoint point, Supplier<T> first, Runnable other) {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean isFirst = new AtomicBoolean(true);
        harness.atSyncPoints(at -> {
            if (at == point && isFirst.compareAndSet(true, false)) {
                reached.countDown();
                await(goOn);
            }
        });
        CompletableFuture<T> result = CompletableFuture.supplyAsync(first, THREADS);
        await(reached);
        CompletableFuture<Void> second = CompletableFuture.runAsync(other, THREADS);
        awaitBlocked(second);
        goOn.countDown();
        second.join();
        return result;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitBlocked(CompletableFuture<?> call) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        int blocked = 0;
        while (blocked == 0 && System.nanoTime() < end) {
            blocked = harness.sql().sql("""
                            select count(*) from pg_stat_activity
                            where datname = current_database() and wait_event_type = 'Lock'
                            """).query(Integer.class).single();
        }
        assertThat(call).as("waits for the row").isNotDone();
    }

    @Test
    void seesACompletionThatIsUnderWayWhenTheWaitBegins() {
        RunState started = steps.started("work");
        WaitpointId token = steps.token();
        List<BlockOutcome> outcome = new ArrayList<>();
        whileAt(
                        SyncPoint.WAITPOINT_COMPLETED,
                        () -> {
                            steps.complete(token, "1");
                            return true;
                        },
                        () -> outcome.add(steps.tryBlock(started.runId(), token)))
                .join();
        assertThat(outcome).singleElement().isInstanceOf(BlockOutcome.GoesOn.class);
        assertThat(steps.outputTexts(started.runId())).containsExactly("1");
    }

    @Test
    @Shows("WR-1")
    void isSeenByACompletionThatComesWhileTheWaitBegins() {
        RunState started = steps.started("work");
        WaitpointId token = steps.token();
        whileAt(SyncPoint.WAIT_WRITTEN, () -> steps.tryBlock(started.runId(), token), () -> steps.complete(token, "1"))
                .join();
        harness.step();
        assertThat(harness.state(started.runId()).execution()).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(steps.outputTexts(started.runId())).containsExactly("1");
    }

    @Test
    void seesTheEndOfARunThatIsDecidedWhileSomebodyBeginsToAwaitIt() {
        RunState parent = steps.started("work");
        RunState child = steps.started("work");
        AtomicBoolean once = new AtomicBoolean(true);
        harness.atSyncPoints(at -> {
            if (at == SyncPoint.TRANSITION_DECIDED && once.compareAndSet(true, false)) {
                WaitpointId waitpoint = harness.engine
                        .waits()
                        .awaitRun(harness.environment, child.runId())
                        .orElseThrow();
                steps.block(parent, waitpoint);
            }
        });
        assertThat(harness.succeed(child)).isInstanceOf(CompleteOutcome.Completed.class);
        harness.step();
        assertThat(steps.outputTexts(parent.runId())).containsExactly("1");
    }

    @Test
    void decidesAgainWhenOneOfItsWaitsEndsMeanwhile() {
        RunState started = steps.started("work");
        WaitpointId first = steps.token();
        WaitpointId second = steps.token();
        RunState waiting = steps.block(started, first, second);
        AtomicBoolean once = new AtomicBoolean(true);
        harness.atSyncPoints(at -> {
            if (at == SyncPoint.TRANSITION_DECIDED && once.compareAndSet(true, false)) {
                steps.complete(first, "1");
            }
        });
        RunState suspended = steps.suspend(waiting);
        assertThat(suspended.pendingWaits()).isEqualTo(1);
        steps.complete(second, "2");
        assertThat(harness.state(started.runId()).execution()).isEqualTo(ExecutionStatus.QUEUED);
    }

    @Test
    @Shows({"WP-5", "WS-20"})
    void goesOnOnceWhenEverythingIsCompletedAtOnce() {
        List<RunState> runs =
                IntStream.range(0, 3).mapToObj(_ -> steps.started("work")).toList();
        WaitpointId[] tokens =
                IntStream.range(0, 10).mapToObj(_ -> steps.token()).toArray(WaitpointId[]::new);
        runs.forEach(run -> steps.block(run, tokens));
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        for (WaitpointId token : tokens) {
            calls.add(CompletableFuture.runAsync(() -> steps.complete(token, "1"), THREADS));
        }
        calls.forEach(CompletableFuture::join);
        harness.step();
        for (RunState run : runs) {
            assertThat(harness.state(run.runId()).version()).isEqualTo(run.version() + 3);
            assertThat(harness.state(run.runId()).execution()).isEqualTo(ExecutionStatus.EXECUTING);
            assertThat(steps.outputs(run.runId())).hasSize(10);
        }
    }

    /// Runs wait for tokens and for each other's children while these are completed in any order, by several threads.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void losesNoWaitWhateverTheOrder(long seed) {
        Random random = new Random(seed);
        List<RunState> parents =
                IntStream.range(0, 4).mapToObj(_ -> steps.started("work")).toList();
        List<RunState> children =
                IntStream.range(0, 4).mapToObj(_ -> steps.started("work")).toList();
        List<WaitpointId> tokens =
                IntStream.range(0, 8).mapToObj(_ -> steps.token()).toList();
        List<Runnable> work = new ArrayList<>();
        for (RunState parent : parents) {
            for (int i = 0; i < 4; i++) {
                WaitpointId token = tokens.get(random.nextInt(tokens.size()));
                RunId child = children.get(random.nextInt(children.size())).runId();
                work.add(() -> steps.tryBlock(
                        parent.runId(),
                        token,
                        harness.engine
                                .waits()
                                .awaitRun(harness.environment, child)
                                .orElseThrow()));
            }
        }
        tokens.forEach(token -> work.add(() -> steps.complete(token, "1")));
        children.forEach(child -> work.add(() -> harness.succeed(child)));
        Collections.shuffle(work, random);
        List<CompletableFuture<Void>> calls = work.stream()
                .map(one -> CompletableFuture.runAsync(one, THREADS))
                .toList();
        calls.forEach(CompletableFuture::join);
        harness.step();
        for (RunState parent : parents) {
            assertThat(harness.state(parent.runId()).execution())
                    .as("seed " + seed)
                    .isEqualTo(ExecutionStatus.EXECUTING);
        }
        for (RunState child : children) {
            assertThat(harness.state(child.runId()).isFinished()).isTrue();
        }
    }
}
