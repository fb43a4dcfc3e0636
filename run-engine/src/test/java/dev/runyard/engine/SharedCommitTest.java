package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.engine.attempt.CompleteOutcome;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.store.GroupCommit;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.testkit.redis.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedCommitTest {
    private static final int RUNS = 60;
    private final EngineHarness harness =
            EngineHarness.create(TestRedis.shared().uri());

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void runsThatEndAtOnceKeepTheirOwnOutputs() throws InterruptedException {
        List<RunState> started = startRuns();
        List<CompleteOutcome> outcomes = completeAtOnce(started, 1);
        assertThat(outcomes).hasSize(RUNS).allMatch(CompleteOutcome.Completed.class::isInstance);
        for (RunState run : started) {
            RunState ended = harness.state(run.runId());
            assertThat(ended.status()).isEqualTo(RunStatus.COMPLETED_SUCCESSFULLY);
            assertThat(ended.version()).isEqualTo(run.version() + 1);
            assertThat(ended.usageMs()).isEqualTo(7);
            assertThat(output(run)).isEqualTo("\"" + run.runId() + "\"");
        }
        harness.step();
        assertThat(count("run_transition where event = 'SUCCEEDED'")).isEqualTo(RUNS);
        assertThat(count("outbox")).isZero();
        assertThat(harness.claim(1)).isEmpty();
    }

    @Test
    void aRunThatIsCompletedTwiceAtOnceEndsOnce() throws InterruptedException {
        List<RunState> started = startRuns();
        List<CompleteOutcome> outcomes = completeAtOnce(started, 2);
        assertThat(outcomes).hasSize(2 * RUNS).allMatch(CompleteOutcome.Completed.class::isInstance);
        assertThat(count("run_transition where event = 'SUCCEEDED'")).isEqualTo(RUNS);
        assertThat(count("run_result")).isEqualTo(RUNS);
    }

    @Test
    void oneOutputThatCannotBeStoredDoesNotFailItsNeighbours() throws InterruptedException {
        List<RunState> started = startRuns();
        RunState bad = started.getFirst();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        atOnce(started, 1, run -> {
            try {
                harness.engine.complete(
                        run.runId(), run.snapshotId(), completion(run, run.equals(bad) ? "\u0000" : "1"));
            } catch (RuntimeException e) {
                failures.add(e);
            }
        });
        assertThat(failures).hasSize(1);
        assertThat(count("run_result")).isEqualTo(RUNS - 1);
        assertThat(harness.state(bad.runId()).isFinished()).isFalse();
    }

    @Test
    void refusesWritesOnceItIsClosed() {
        GroupCommit<String, String> commits = new GroupCommit<>("test", 10, String::length, batch -> batch);
        assertThat(commits.write("a")).isEqualTo("a");
        commits.close();
        assertThatThrownBy(() -> commits.write("b"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("shutting down");
    }

    private List<RunState> startRuns() {
        harness.controlPlane.deploy(harness.environment, task("work"));
        for (int i = 0; i < RUNS; i++) {
            harness.trigger("work");
        }
        return harness.claim(RUNS).stream()
                .map(run -> harness.start(run.state()))
                .toList();
    }

    private List<CompleteOutcome> completeAtOnce(List<RunState> started, int times) throws InterruptedException {
        ConcurrentLinkedQueue<CompleteOutcome> outcomes = new ConcurrentLinkedQueue<>();
        atOnce(
                started,
                times,
                run -> outcomes.add(harness.engine.complete(
                        run.runId(), run.snapshotId(), completion(run, "\"" + run.runId() + "\""))));
        return List.copyOf(outcomes);
    }

    private static Completion completion(RunState run, String output) {
        return Completion.success(run.runId().toString(), output, "application/json", 7);
    }

    private interface Action {
        void on(RunState run);
    }

    private static void atOnce(List<RunState> runs, int times, Action action) throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < runs.size() * times; i++) {
            RunState run = runs.get(i % runs.size());
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    go.await();
                    action.on(run);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private String output(RunState run) {
        return harness.sql()
                .sql("select output from run_result where run_id = ?")
                .param(run.runId().value())
                .query(String.class)
                .single();
    }

    private int count(String from) {
        return harness.sql()
                .sql("select count(*) from " + from)
                .query(Integer.class)
                .single();
    }
}
