package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.read.RunDetail;
import dev.runyard.engine.read.RunView;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.ReplayCommand;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private EngineHarness harness;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(harness.environment, task("work"));
        harness.limit("reports", 5);
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private RunId accepted(ReplayCommand command) {
        return ((TriggerOutcome.Accepted) harness.engine.replay(command).orElseThrow()).runId();
    }

    private RunId replay(RunId run) {
        return accepted(ReplayCommand.of(harness.environment, run, "api"));
    }

    private RunDetail detail(EnvironmentId environment, RunId run) {
        return harness.engine.queries().detail(environment, run).orElseThrow();
    }

    private RunId original() {
        return harness.trigger(TriggerCommand.of(harness.environment, "work")
                .payload("{\"n\":1}")
                .payloadType("application/super+json")
                .metadata("{\"step\":0}")
                .tags(List.of("a", "b"))
                .queue("reports")
                .concurrencyKey("tenant")
                .machine(MachinePreset.LARGE_2X)
                .isTest(true)
                .parent(harness.trigger("work"))
                .delayUntil(harness.clock.instant().plusSeconds(60))
                .ttl(Duration.ofMinutes(5))
                .idempotencyKey(new TriggerCommand.IdempotencyKey(
                        "key", null, harness.clock.instant().plusSeconds(3_600)))
                .build());
    }

    @Test
    @Shows("WX-16")
    void takesOverWhatDescribesTheRunAndNothingOfItsOccasion() {
        RunId original = original();
        RunDetail again = detail(harness.environment, replay(original));
        RunView view = again.view();
        assertThat(view.id()).isNotEqualTo(original);
        assertThat(again.payload()).isEqualTo("{\"n\":1}");
        assertThat(again.payloadType()).isEqualTo("application/super+json");
        assertThat(again.replayOf()).isEqualTo(original);
        assertThat(view.metadata()).isEqualTo("{\"step\":0}");
        assertThat(view.tags()).containsExactly("a", "b");
        assertThat(view.queue()).isEqualTo("reports");
        assertThat(view.concurrencyKey()).isEqualTo("tenant");
        assertThat(view.machine()).isEqualTo(MachinePreset.LARGE_2X);
        assertThat(view.isTest()).isTrue();
        assertThat(view.parent()).isNull();
        assertThat(view.depth()).isZero();
        assertThat(view.idempotencyKey()).isNull();
        assertThat(view.ttl()).isNull();
        assertThat(view.status()).isEqualTo(RunStatus.PENDING);
    }

    @Test
    void leavesAQueueThatIsGone() {
        RunId original = original();
        harness.sql().sql("delete from task_queue where name = 'reports'").update();
        assertThat(detail(harness.environment, replay(original)).view().queue()).isEqualTo("task/work");
    }

    @Test
    void runsOnTheNewestVersionUnlessOneIsNamed() {
        RunId original = harness.trigger("work");
        RunState first = harness.startNext();
        harness.succeed(first);
        String oldNumber = harness.controlPlane
                .versions()
                .find(Objects.requireNonNull(first.workerVersionId()))
                .orElseThrow()
                .number();
        var newest = harness.controlPlane.deploy(harness.environment, task("work"));
        replay(original);
        assertThat(harness.claimNext().workerVersionId()).isEqualTo(newest.id());
        accepted(ReplayCommand.of(harness.environment, original, "api").changing(run -> run.lockToVersion(oldNumber)));
        assertThat(harness.claimNext().workerVersionId()).isEqualTo(first.workerVersionId());
    }

    @Test
    void takesChanges() {
        RunId again = accepted(ReplayCommand.of(harness.environment, original(), "dashboard")
                .changing(run -> run.payload("2").payloadType("application/json"))
                .changing(run -> run.tags(List.of("c")).machine(null)));
        RunDetail detail = detail(harness.environment, again);
        assertThat(detail.payload()).isEqualTo("2");
        assertThat(detail.view().tags()).containsExactly("c");
        assertThat(detail.view().machine()).isNull();
        assertThat(detail.view().concurrencyKey()).isEqualTo("tenant");
    }

    @Test
    void goesToAnotherEnvironmentAndToItsQueues() {
        EnvironmentId other = harness.controlPlane.addEnvironment("STAGING", 5);
        RunId again = accepted(
                ReplayCommand.of(harness.environment, original(), "api").into(other));
        assertThat(detail(other, again).view().queue()).isEqualTo("task/work");
        assertThat(detail(other, again).payload()).isEqualTo("{\"n\":1}");
    }

    @Test
    void refusesAnEnvironmentThatIsGoneAndKnowsNoRunOfAnother() {
        RunId original = original();
        EnvironmentId other = harness.controlPlane.addEnvironment("STAGING", 5);
        assertThat(harness.engine.replay(other, original, "api")).isEmpty();
        harness.controlPlane.remove(other);
        assertThat(harness.engine.replay(
                        ReplayCommand.of(harness.environment, original, "api").into(other)))
                .get()
                .isInstanceOf(TriggerOutcome.Rejected.class);
    }
}
