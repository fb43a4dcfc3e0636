package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.read.RunDetail;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Keys of callers: one run for one key, until the key is free again.
class IdempotencyKeyTest {
    private EngineHarness harness;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(harness.environment, task("work"), task("other"));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private TriggerOutcome trigger(String task, String key) {
        return harness.engine.trigger(TriggerCommand.of(harness.environment, task)
                .idempotencyKey(new TriggerCommand.IdempotencyKey(
                        key, "order " + key, "global", harness.clock.instant().plus(Duration.ofDays(30))))
                .build());
    }

    private RunId run(String key) {
        return ((TriggerOutcome.Accepted) trigger("work", key)).runId();
    }

    private RunDetail detail(RunId run) {
        return harness.engine.queries().detail(harness.environment, run).orElseThrow();
    }

    @Test
    @Shows("WX-9")
    void returnsALiveRun() {
        RunId run = run("k");
        assertThat(trigger("work", "k")).isEqualTo(new TriggerOutcome.Accepted(run, true));
        harness.startNext();
        assertThat(trigger("work", "k")).isEqualTo(new TriggerOutcome.Accepted(run, true));
        assertThat(trigger("other", "k")).isNotEqualTo(new TriggerOutcome.Accepted(run, true));
    }

    @Test
    @Shows("WX-10")
    void makesANewRunAfterAFailureOrExpiryAndTakesTheKeyOffTheOldOne() {
        RunId failed = run("failed");
        harness.fail(
                harness.startNext(), TaskRunError.Internal.of(InternalErrorCode.CONFIGURED_INCORRECTLY, "no"), null);
        RunId expired = ((TriggerOutcome.Accepted) harness.engine.trigger(TriggerCommand.of(harness.environment, "work")
                        .ttl(Duration.ofSeconds(5))
                        .idempotencyKey(new TriggerCommand.IdempotencyKey(
                                "expired", null, harness.clock.instant().plus(Duration.ofDays(1))))
                        .build()))
                .runId();
        harness.advance(Duration.ofSeconds(5));
        assertThat(harness.state(expired).status()).isEqualTo(RunStatus.EXPIRED);
        for (RunId old : new RunId[] {failed, expired}) {
            RunId fresh = run(old.equals(failed) ? "failed" : "expired");
            assertThat(fresh).isNotEqualTo(old);
            assertThat(detail(old).view().idempotencyKey()).isNull();
            assertThat(detail(fresh).view().idempotencyKey()).isNotNull();
        }
    }

    @Test
    @Shows("WX-10")
    void keepsTheKeyOfSuccessesAndCancellations() {
        RunId succeeded = run("done");
        harness.succeed(harness.startNext());
        RunId canceled = run("canceled");
        harness.engine.cancel(harness.environment, canceled, "not wanted");
        assertThat(run("done")).isEqualTo(succeeded);
        assertThat(run("canceled")).isEqualTo(canceled);
    }

    @Test
    @Shows("WX-11")
    void makesANewRunAfterAReset() {
        RunId first = run("k");
        assertThat(harness.engine.resetIdempotencyKey(harness.environment, "work", "k"))
                .contains(first);
        assertThat(detail(first).view().idempotencyKey()).isNull();
        RunId second = run("k");
        assertThat(second).isNotEqualTo(first);
        assertThat(run("k")).isEqualTo(second);
    }

    @Test
    @Shows("WX-11")
    void findsNothingToResetForAKeyThatNobodyUsed() {
        run("k");
        assertThat(harness.engine.resetIdempotencyKey(harness.environment, "work", "unknown"))
                .isEmpty();
        assertThat(harness.engine.resetIdempotencyKey(harness.environment, "other", "k"))
                .isEmpty();
        assertThat(harness.engine.resetIdempotencyKey(new EnvironmentId(UUID.randomUUID()), "work", "k"))
                .isEmpty();
        harness.engine.resetIdempotencyKey(harness.environment, "work", "k");
        assertThat(harness.engine.resetIdempotencyKey(harness.environment, "work", "k"))
                .isEmpty();
    }

    @Test
    void showsWhatTheUserWroteAndItsScope() {
        RunDetail detail = detail(run("5d41402a"));
        assertThat(detail.view().idempotencyKey()).isEqualTo("order 5d41402a");
        assertThat(detail.origin().idempotencyScope()).isEqualTo("global");
    }

    @Test
    void makesOneRunBetweenTwoResetsHoweverManyCallAtOnce() throws Exception {
        for (int round = 0; round < 5; round++) {
            Set<RunId> runs = new HashSet<>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<RunId>> all = new ArrayList<>();
                for (int i = 0; i < 30; i++) {
                    all.add(threads.submit(() -> run("k")));
                }
                for (Future<RunId> one : all) {
                    runs.add(one.get());
                }
            }
            assertThat(runs).hasSize(1);
            assertThat(harness.engine.resetIdempotencyKey(harness.environment, "work", "k"))
                    .isEqualTo(runs.stream().findFirst());
        }
    }
}
