package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.debounce.Debounce;
import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.engine.waitpoint.CompletedWait;
import dev.runyard.engine.waitpoint.WaitingParent;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Debounce, ttl, keys and versions of runs that another run waits for.
class AwaitedOptionsTest {
    private EngineHarness harness;
    private WaitSteps waits;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        waits = new WaitSteps(harness);
        harness.controlPlane.deploy(harness.environment, task("parent"), task("child"));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private TriggerCommandBuilder child(RunState parent) {
        return TriggerCommand.of(harness.environment, "child")
                .parent(parent.runId())
                .parentWait(new WaitingParent(parent.runId(), parent.snapshotId()));
    }

    private TriggerCommandBuilder debounced(RunState parent) {
        return child(parent).debounce(new Debounce("key", "5s", Debounce.Mode.LEADING, null));
    }

    private void assertWaiting(RunId run) {
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
    }

    private void assertResumed(RunId run) {
        harness.step();
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.EXECUTING);
    }

    @Test
    @Shows({"DB-9", "DB-10"})
    void letsEveryParentWaitForTheOneDebouncedRun() {
        RunState first = waits.started("parent");
        RunState second = waits.started("parent");
        RunState third = waits.started("parent");
        RunId child = harness.trigger(debounced(first).build());
        assertThat(harness.trigger(debounced(second).build())).isEqualTo(child);
        harness.advance(Duration.ofSeconds(2));
        assertThat(harness.trigger(debounced(third).build())).isEqualTo(child);
        List.of(first, second, third).forEach(parent -> assertWaiting(parent.runId()));
        assertThat(harness.sql()
                        .sql("select count(*) from waitpoint where kind = 'RUN'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        harness.advance(Duration.ofSeconds(5));
        RunState started = harness.startNext();
        assertThat(started.runId()).isEqualTo(child);
        harness.succeed(started);
        List.of(first, second, third).forEach(parent -> assertResumed(parent.runId()));
    }

    @Test
    @Shows("WX-1")
    void refusesToMakeAnEndedRunWait() {
        RunState parent = waits.started("parent");
        harness.succeed(parent);
        assertThat(harness.engine.trigger(child(parent).build()))
                .isEqualTo(new TriggerOutcome.Rejected(
                        "Cannot trigger child as the parent run has a status of COMPLETED_SUCCESSFULLY"));
        assertThat(harness.engine.trigger(TriggerCommand.of(harness.environment, "child")
                        .parent(parent.runId())
                        .build()))
                .isInstanceOf(TriggerOutcome.Accepted.class);
    }

    @Test
    @Shows("TT-15")
    void resumesTheParentOfARunThatExpires() {
        RunState parent = waits.started("parent");
        RunId child = harness.trigger(child(parent).ttl(Duration.ofSeconds(10)).build());
        harness.advance(Duration.ofSeconds(10));
        assertThat(harness.state(child).status()).isEqualTo(RunStatus.EXPIRED);
        assertResumed(parent.runId());
        CompletedWait wait = waits.outputs(parent.runId()).getFirst();
        assertThat(wait.waitpoint().output().isError()).isTrue();
        assertThat(wait.waitpoint().output().text()).contains("not started within its ttl of 10s");
    }

    @Test
    void resumesTheParentOfARunWhoseDeploymentDoesNotCome() {
        RunState parent = waits.started("parent");
        RunId child = harness.trigger(child(parent).externalDeploymentId("abc").build());
        harness.clock.advance(Duration.ofSeconds(3_000));
        harness.engine.heartbeat(parent.runId(), harness.state(parent.runId()).snapshotId());
        harness.clock.advance(Duration.ofSeconds(600));
        harness.engine.heartbeat(parent.runId(), harness.state(parent.runId()).snapshotId());
        harness.step();
        assertThat(harness.state(child).status()).isEqualTo(RunStatus.EXPIRED);
        assertResumed(parent.runId());
    }

    @Test
    @Shows("WX-12")
    void waitsForTheRunThatAKeyLeadsTo() {
        RunState parent = waits.started("parent");
        TriggerCommand.IdempotencyKey key = new TriggerCommand.IdempotencyKey(
                "k", null, harness.clock.instant().plus(Duration.ofDays(1)));
        RunId child = harness.trigger(TriggerCommand.of(harness.environment, "child")
                .idempotencyKey(key)
                .build());
        assertThat(harness.engine.trigger(child(parent).idempotencyKey(key).build()))
                .isEqualTo(new TriggerOutcome.Accepted(child, true));
        assertWaiting(parent.runId());
        harness.succeed(harness.startNext());
        assertResumed(parent.runId());
        assertThat(waits.outputTexts(parent.runId())).containsExactly("1");
    }

    @Test
    void runsOnTheVersionOfTheRunThatWaits() {
        RunState parent = waits.started("parent");
        RunState other = waits.started("parent");
        WorkerVersion newer = harness.controlPlane.deploy(harness.environment, task("parent"), task("child"));
        RunId free = harness.trigger(TriggerCommand.of(harness.environment, "child")
                .parent(parent.runId())
                .build());
        RunId pinned = harness.trigger(child(parent).build());
        assertThat(harness.state(pinned).workerVersionId())
                .isEqualTo(parent.workerVersionId())
                .isNotEqualTo(newer.id());
        assertThat(harness.state(free).workerVersionId()).isNull();
        RunId locked = harness.trigger(child(other).lockToVersion("20260801.1").build());
        assertThat(harness.state(locked).workerVersionId()).isEqualTo(parent.workerVersionId());
    }

    @Test
    void refusesATaskThatTheVersionOfTheParentLacks() {
        RunState parent = waits.started("parent");
        harness.controlPlane.deploy(harness.environment, task("parent"), task("fresh"));
        assertThat(harness.engine.trigger(TriggerCommand.of(harness.environment, "fresh")
                        .parent(parent.runId())
                        .parentWait(WaitingParent.of(parent.runId()))
                        .build()))
                .isEqualTo(new TriggerOutcome.Rejected("Task 'fresh' not found on locked version '20260801.1'."));
    }
}
