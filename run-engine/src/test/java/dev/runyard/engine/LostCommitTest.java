package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.attempt.CompleteOutcome;
import dev.runyard.engine.attempt.StartOutcome;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.testkit.history.Execution;
import dev.runyard.testkit.history.History;
import dev.runyard.testkit.history.LimitChange;
import dev.runyard.testkit.history.TriggerCall;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Breaks each commit of a short life in turn, before it is done and after: callers that repeat their calls
/// get every run once, and no promise is broken. The engine lives on.
class LostCommitTest {
    private static final int RUNS = 4;
    private static final int LIMIT = 2;
    private static final int COMMITS = 24;
    private static final int TRIES = 4;

    static Stream<Arguments> everyCommit() {
        return Arrays.stream(BreakingDataSource.Fault.values())
                .flatMap(fault -> IntStream.rangeClosed(1, COMMITS).mapToObj(nth -> Arguments.of(fault, nth)));
    }

    @ParameterizedTest
    @MethodSource("everyCommit")
    void losesNothingWhenACommitIsLost(BreakingDataSource.Fault fault, int nth) {
        AtomicReference<BreakingDataSource> breaking = new AtomicReference<>();
        try (EngineHarness harness = EngineHarness.create(TestRedis.shared().uri(), real -> {
            breaking.set(new BreakingDataSource(real));
            return breaking.get();
        })) {
            harness.controlPlane.deploy(harness.environment, task("work"));
            harness.limit("task/work", LIMIT);
            Life life = new Life(harness);
            BreakingDataSource database = Objects.requireNonNull(breaking.get());
            database.breakCommit(fault, nth);
            life.live();
            assertThat(database.hasBroken()).as("commits of a life").isTrue();
            EngineHistory.requireGood(harness, life.history);
            assertThat(count(harness, "select count(*) from run_state")).isEqualTo(RUNS);
            assertThat(count(harness, "select count(*) from outbox")).isZero();
            assertThat(count(harness, "select count(*) from timer")).isZero();
        }
    }

    private static int count(EngineHarness harness, String sql) {
        return harness.sql().sql(sql).query(Integer.class).single();
    }

    /// Callers and workers that repeat what failed, as ours do.
    private static final class Life {
        private final EngineHarness harness;
        private final History history = EngineHistory.begin().tellsEveryExecution();
        private long ticks;

        Life(EngineHarness harness) {
            this.harness = harness;
            history.addLimit(new LimitChange(harness.environment.value() + " task/work", LIMIT, 0));
        }

        void live() {
            for (int i = 0; i < RUNS; i++) {
                trigger(i);
            }
            for (int round = 0; round < 8; round++) {
                repeat(() -> {
                    harness.step();
                    return true;
                });
                List<ClaimedRun> claimed = repeat(() -> harness.claim(LIMIT));
                claimed.forEach(this::execute);
                harness.clock.advance(Duration.ofSeconds(31));
            }
            harness.step();
        }

        private void trigger(int number) {
            TriggerCommand command = TriggerCommand.of(harness.environment, "work")
                    .requestKey("call " + number)
                    .delayUntil(number == 0 ? harness.clock.instant().plusSeconds(1) : null)
                    .build();
            long sentAt = ticks++;
            RunId run = repeat(() -> harness.trigger(command));
            history.addTrigger(new TriggerCall(
                    harness.environment.value().toString(), "work", null, run.toString(), false, sentAt, ticks++));
        }

        private void execute(ClaimedRun claimed) {
            RunId run = claimed.state().runId();
            StartOutcome outcome =
                    repeat(() -> harness.engine.start(run, claimed.state().snapshotId(), EngineHarness.RUNNER));
            StartOutcome.Started started = (StartOutcome.Started) outcome;
            long from = ticks++;
            String nonce = run + "#" + started.state().attempt();
            CompleteOutcome ended = repeat(() -> harness.engine.complete(
                    run, started.state().snapshotId(), Completion.success(run.toString(), nonce, "text/plain", 1)));
            assertThat(ended).isInstanceOf(CompleteOutcome.Completed.class);
            history.addExecution(new Execution(
                    run.toString(), started.state().attempt(), from, ticks++, harness.clock.instant(), nonce));
        }

        private static <T> T repeat(Supplier<T> call) {
            List<RuntimeException> failures = new ArrayList<>();
            while (failures.size() < TRIES) {
                try {
                    return call.get();
                } catch (RuntimeException e) {
                    failures.add(e);
                }
            }
            throw failures.getLast();
        }
    }
}
