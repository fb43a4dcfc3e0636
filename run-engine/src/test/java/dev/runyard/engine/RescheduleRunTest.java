package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.delay.RescheduleOutcome;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RescheduleRunTest {
    private EngineHarness harness;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(harness.environment, task("work"));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private RunId delayed(int seconds) {
        return harness.trigger(TriggerCommand.of(harness.environment, "work")
                .delayUntil(in(seconds))
                .ttl(Duration.ofSeconds(2))
                .build());
    }

    private Instant in(int seconds) {
        return harness.clock.instant().plusSeconds(seconds);
    }

    private RescheduleOutcome reschedule(RunId run, int seconds) {
        return harness.engine.reschedule(harness.environment, run, in(seconds));
    }

    @Test
    @Shows("DL-1")
    void queuesADelayedRunWhenTheDelayIsOver() {
        RunId run = delayed(60);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.DELAYED);
        harness.advance(Duration.ofMillis(59_999));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.DELAYED);
        harness.advance(Duration.ofMillis(1));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.PENDING);
    }

    @Test
    @Shows("DL-2")
    void queuesARescheduledRunAtTheNewTimeOnly() {
        RunId run = delayed(60);
        assertThat(reschedule(run, 120)).isInstanceOf(RescheduleOutcome.Rescheduled.class);
        assertThat(harness.state(run).delayUntil()).isEqualTo(in(120));
        harness.advance(Duration.ofSeconds(60));
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.DELAYED);
        harness.advance(Duration.ofSeconds(60));
        assertThat(harness.claimNext().runId()).isEqualTo(run);
    }

    @Test
    void queuesARescheduledRunEarlierAndMovesItsPlace() {
        RunId run = delayed(60);
        long score = harness.state(run).score();
        reschedule(run, 10);
        assertThat(harness.state(run).score()).isEqualTo(score - 50_000);
        harness.advance(Duration.ofSeconds(10));
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.QUEUED);
    }

    @Test
    @Shows("DL-3")
    void startsTheClockOfTheTtlWhenTheRunIsQueued() {
        harness.limit("task/work", 0);
        RunId run = delayed(1);
        reschedule(run, 10);
        harness.advance(Duration.ofSeconds(10));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.PENDING);
        harness.advance(Duration.ofMillis(1_999));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.PENDING);
        harness.advance(Duration.ofMillis(1));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.EXPIRED);
    }

    @Test
    @Shows("DL-4")
    void neverQueuesACanceledRun() {
        RunId run = delayed(60);
        harness.engine.cancel(harness.environment, run, "not wanted");
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.FINISHED);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.CANCELED);
        harness.advance(Duration.ofSeconds(60));
        assertThat(harness.claim()).isEmpty();
        assertThat(reschedule(run, 60)).isInstanceOf(RescheduleOutcome.NotDelayed.class);
    }

    @Test
    @Shows("DL-5")
    void ignoresATimerOfTheTimeBeforeAReschedule() {
        RunId run = delayed(60);
        harness.clock.advance(Duration.ofSeconds(60));
        harness.atSyncPoints(_ -> {
            harness.atSyncPoints(_ -> {});
            reschedule(run, 60);
        });
        harness.step();
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.DELAYED);
        harness.advance(Duration.ofSeconds(60));
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.QUEUED);
    }

    @Test
    @Shows("WX-17")
    void refusesARunThatIsNotDelayed() {
        RunId run = harness.trigger("work");
        assertThat(reschedule(run, 60)).isEqualTo(new RescheduleOutcome.NotDelayed(harness.state(run)));
        harness.succeed(harness.startNext());
        assertThat(reschedule(run, 60)).isInstanceOf(RescheduleOutcome.NotDelayed.class);
    }

    @Test
    void refusesATimeThatHasPassedAndRunsOfOthers() {
        RunId run = delayed(60);
        assertThat(reschedule(run, 0)).isInstanceOf(RescheduleOutcome.NotInFuture.class);
        assertThat(harness.engine.reschedule(new EnvironmentId(UUID.randomUUID()), run, in(5)))
                .isInstanceOf(RescheduleOutcome.Unknown.class);
        assertThat(reschedule(new RunId(UUID.randomUUID()), 5)).isInstanceOf(RescheduleOutcome.Unknown.class);
        assertThat(harness.state(run).version()).isEqualTo(1);
    }

    @Test
    void queuesOrDelaysButNeverBothWhenTheDelayEndsMeanwhile() throws Exception {
        for (int round = 0; round < 20; round++) {
            RunId run = delayed(5);
            harness.clock.advance(Duration.ofSeconds(5));
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> firing = threads.submit(harness::step);
                Future<RescheduleOutcome> moving = threads.submit(() -> reschedule(run, 30));
                firing.get();
                boolean isMoved = moving.get() instanceof RescheduleOutcome.Rescheduled;
                assertThat(harness.state(run).execution())
                        .isEqualTo(isMoved ? ExecutionStatus.DELAYED : ExecutionStatus.QUEUED);
                if (isMoved) {
                    harness.advance(Duration.ofSeconds(30));
                }
                assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.QUEUED);
            }
        }
    }
}
