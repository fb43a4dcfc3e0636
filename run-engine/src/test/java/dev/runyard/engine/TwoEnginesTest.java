package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.attempt.CompleteOutcome;
import dev.runyard.engine.attempt.StartOutcome;
import dev.runyard.engine.claim.ClaimRequest;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.queue.redis.RedisLink;
import dev.runyard.engine.recovery.CompareQueue;
import dev.runyard.engine.recovery.KeepTables;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two webapps over one database and one Redis, with all their services running.
class TwoEnginesTest {
    private static final int LIMIT = 3;
    private static final int RUNS = 240;

    private TestRedis redis;
    private EngineHarness harness;
    private EngineHarness.Other other;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicInteger mostAtWork = new AtomicInteger();
    private final ConcurrentMap<String, Integer> executions = new ConcurrentHashMap<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    @BeforeEach
    void start() {
        redis = TestRedis.start();
        harness = EngineHarness.configured(
                redis.uri(), config -> Components.replace(config, "pendingStartTimeout", Duration.ofSeconds(5)));
        harness.controlPlane.deploy(harness.environment, task("work"));
        harness.limit("task/work", LIMIT);
        other = harness.another();
        // Leases count on it: with a clock that outran the work, every claim would rightly be taken away.
        harness.clock.run();
        harness.engine.start();
        other.engine.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        stopping.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        other.close();
        harness.close();
        redis.close();
    }

    @Test
    void doNothingTwiceAndKeepTheLimit() {
        work();
        trigger();
        awaitTheEnd();
        assertEverythingHappenedOnce();
    }

    @Test
    void doNothingTwiceWhileRedisIsLostAndTablesAreCompared() {
        work();
        run(() -> {
            harness.part(CompareQueue.class).compare();
            other.parts.get(CompareQueue.class).compare();
            harness.part(KeepTables.class).keep();
            other.parts.get(KeepTables.class).keep();
        });
        trigger();
        for (int i = 0; i < 3; i++) {
            redis.flush();
            harness.part(RedisLink.class).distrust();
        }
        awaitTheEnd();
        assertEverythingHappenedOnce();
    }

    @Test
    void outliveOneAnother() {
        work();
        trigger();
        other.close();
        awaitTheEnd();
        assertEverythingHappenedOnce();
    }

    private void trigger() {
        for (int i = 0; i < RUNS; i++) {
            RunEngine engine = i % 2 == 0 ? harness.engine : other.engine;
            TriggerOutcome outcome = engine.trigger(TriggerCommand.of(harness.environment, "work")
                    .delayUntil(i % 3 == 0 ? harness.clock.instant().plusSeconds(i % 5) : null)
                    .build());
            assertThat(outcome).isInstanceOf(TriggerOutcome.Accepted.class);
        }
    }

    private void work() {
        for (RunEngine engine : List.of(harness.engine, other.engine)) {
            for (int i = 0; i < 3; i++) {
                run(() -> claimAndComplete(engine));
            }
        }
    }

    private void claimAndComplete(RunEngine engine) {
        for (ClaimedRun claimed :
                engine.claim(new ClaimRequest("main", EngineHarness.WORKER, 2, Duration.ofMillis(50)))) {
            RunState state = claimed.state();
            mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            StartOutcome started = ask(engine, it -> it.start(state.runId(), state.snapshotId(), EngineHarness.RUNNER));
            if (started instanceof StartOutcome.Started attempt) {
                executions.merge(state.runId().toString(), 1, Integer::sum);
                // The slot is free as soon as the end is written, so the count must be lower before.
                atWork.decrementAndGet();
                CompleteOutcome outcome = ask(
                        engine,
                        it -> it.complete(
                                state.runId(),
                                attempt.state().snapshotId(),
                                Completion.success(state.runId().toString(), "1", "application/json", 1)));
                assertThat(outcome).isNotNull();
            } else {
                atWork.decrementAndGet();
            }
        }
    }

    /// Asks an engine, and the one that stays if the first is gone: so a supervisor repeats its call.
    private <T> T ask(RunEngine engine, Function<RunEngine, T> call) {
        try {
            return call.apply(engine);
        } catch (RuntimeException e) {
            if (engine == harness.engine) {
                throw e;
            }
            return call.apply(harness.engine);
        }
    }

    private void run(Runnable step) {
        threads.add(Thread.ofPlatform().start(() -> {
            while (!stopping.get()) {
                try {
                    step.run();
                } catch (IllegalStateException e) {
                    // An engine that was closed; the other one carries on.
                    if (stopping.get() || String.valueOf(e.getMessage()).contains("shutting down")) {
                        return;
                    }
                    failures.add(e);
                } catch (RuntimeException | AssertionError e) {
                    failures.add(e);
                }
            }
        }));
    }

    private void awaitTheEnd() {
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> count("execution <> 'FINISHED'") == 0);
        stopping.set(true);
    }

    private void assertEverythingHappenedOnce() {
        assertThat(failures).isEmpty();
        assertThat(count("status = 'COMPLETED_SUCCESSFULLY'")).isEqualTo(RUNS);
        assertThat(executions).hasSize(RUNS);
        assertThat(executions.values()).as("attempts of each run").containsOnly(1);
        assertThat(mostAtWork.get()).isLessThanOrEqualTo(LIMIT);
        assertThat(harness.sql().sql("""
                        select count(*) from run_state s
                        where s.version <> (select count(*) from run_transition t where t.run_id = s.run_id)
                        """).query(Integer.class).single())
                .as("histories with a gap")
                .isZero();
    }

    private int count(String condition) {
        return harness.sql()
                .sql("select count(*) from run_state where " + condition)
                .query(Integer.class)
                .single();
    }
}
