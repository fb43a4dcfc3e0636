package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.debounce.Debounce;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.engine.waitpoint.BlockOutcome;
import dev.runyard.engine.waitpoint.CompletedWait;
import dev.runyard.engine.waitpoint.WaitingParent;
import dev.runyard.engine.waitpoint.WaitpointKind;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TriggerAndWaitTest {
    private static final TaskRunError BOOM = new TaskRunError.BuiltIn("E", "boom", "at …");

    private EngineHarness harness;
    private WaitSteps steps;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(
                harness.environment,
                task("parent"),
                task("child"),
                task("once", new RetryOptions(1, null, null, null, null, null)));
        steps = new WaitSteps(harness);
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private int waitpoints(RunId run) {
        return harness.sql()
                .sql("select count(*) from waitpoint where id = ?")
                .param(run.value())
                .query(Integer.class)
                .single();
    }

    private ExecutionStatus execution(RunState run) {
        return harness.state(run.runId()).execution();
    }

    private TriggerCommand keyed(@Nullable WaitingParent parent) {
        return TriggerCommand.of(harness.environment, "child")
                .idempotencyKey(new TriggerCommand.IdempotencyKey(
                        "order", null, harness.clock.instant().plus(Duration.ofDays(1))))
                .parentWait(parent)
                .build();
    }

    @Test
    @Shows({"TW-1", "LW-2", "CW-1", "RR-2"})
    void waitsForTheChildAndGetsItsOutput() {
        RunState parent = steps.started("parent");
        RunId child = steps.triggerAndWait(parent, "child");
        RunState waiting = harness.state(parent.runId());
        assertThat(waiting.execution()).isEqualTo(ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
        assertThat(waiting.version()).isEqualTo(parent.version() + 1);
        assertThat(harness.state(child).execution()).isEqualTo(ExecutionStatus.QUEUED);
        assertThat(waitpoints(child)).isEqualTo(1);
        harness.succeed(harness.startNext());
        harness.step();
        assertThat(execution(parent)).isEqualTo(ExecutionStatus.EXECUTING);
        CompletedWait output = steps.outputs(parent.runId()).getFirst();
        assertThat(output.waitpoint().kind()).isEqualTo(WaitpointKind.RUN);
        assertThat(output.waitpoint().id().value()).isEqualTo(child.value());
        assertThat(output.waitpoint().output().text()).isEqualTo("1");
        assertThat(output.waitpoint().output().isError()).isFalse();
    }

    @Test
    @Shows({"LW-9"})
    void getsTheErrorOfAChildThatFailed() {
        RunState parent = steps.started("parent");
        steps.triggerAndWait(parent, "once");
        harness.fail(harness.startNext(), BOOM, null);
        harness.step();
        CompletedWait output = steps.outputs(parent.runId()).getFirst();
        assertThat(output.waitpoint().output().isError()).isTrue();
        assertThat(output.waitpoint().output().type()).isEqualTo("application/json");
        assertThat(output.waitpoint().output().text())
                .contains("BUILT_IN_ERROR")
                .contains("boom");
    }

    @Test
    void waitsOnWhileTheChildIsRetried() {
        RunState parent = steps.started("parent");
        steps.triggerAndWait(parent, "child");
        RunState child = harness.startNext();
        harness.fail(child, BOOM, new Completion.Retry(0, 1_000));
        assertThat(execution(parent)).isEqualTo(ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
        harness.succeed(harness.start(harness.state(child.runId())));
        harness.step();
        assertThat(execution(parent)).isEqualTo(ExecutionStatus.EXECUTING);
    }

    @Test
    void goesOnWhenTheChildIsCanceledOrExpires() {
        RunState first = steps.started("parent");
        RunId canceled = steps.triggerAndWait(first, "child");
        harness.engine.cancel(harness.environment, canceled, "not wanted");
        RunState second = steps.started("parent");
        harness.trigger(TriggerCommand.of(harness.environment, "child")
                .ttl(Duration.ofSeconds(5))
                .parentWait(WaitingParent.of(second.runId()))
                .build());
        harness.advance(Duration.ofSeconds(5));
        harness.step();
        for (RunState parent : List.of(first, second)) {
            assertThat(steps.outputs(parent.runId()))
                    .singleElement()
                    .satisfies(wait ->
                            assertThat(wait.waitpoint().output().isError()).isTrue());
        }
    }

    @Test
    @Shows({"LW-1", "LW-3", "LW-4", "LW-5", "AF-1"})
    void makesNoWaitpointForARunThatNobodyWaitsFor() {
        RunId done = harness.trigger("child");
        harness.succeed(harness.startNext());
        RunId canceled = harness.trigger("child");
        harness.engine.cancel(harness.environment, canceled, "not wanted");
        RunId expired = harness.trigger(TriggerCommand.of(harness.environment, "child")
                .ttl(Duration.ofSeconds(5))
                .build());
        harness.advance(Duration.ofSeconds(5));
        assertThat(harness.state(done).status()).isEqualTo(RunStatus.COMPLETED_SUCCESSFULLY);
        assertThat(harness.state(canceled).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(harness.state(expired).status()).isEqualTo(RunStatus.EXPIRED);
        assertThat(harness.sql()
                        .sql("select count(*) from waitpoint")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    @Shows({"LW-6", "LW-7", "LW-10"})
    void givesAnExistingRunOneWaitpointWhoeverAsks() {
        RunId run = harness.trigger("child");
        List<CompletableFuture<Boolean>> calls = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> harness.engine
                                .waits()
                                .awaitRun(harness.environment, run)
                                .isPresent()))
                .limit(8)
                .toList();
        assertThat(calls).allMatch(CompletableFuture::join);
        assertThat(waitpoints(run)).isEqualTo(1);
        EnvironmentId other = harness.controlPlane.addEnvironment("PRODUCTION", 1);
        assertThat(harness.engine.waits().awaitRun(other, run)).isEmpty();
    }

    @Test
    @Shows("LW-11")
    void letsAParentWaitForARunThatCollectedTriggersAlone() {
        TriggerCommandBuilder collecting = TriggerCommand.of(harness.environment, "child")
                .payload("{}")
                .debounce(new Debounce("key", "5s", Debounce.Mode.LEADING, null));
        RunId child = harness.trigger(collecting.build());
        assertThat(waitpoints(child)).isZero();
        RunState parent = steps.started("parent");

        RunId answered = harness.trigger(collecting
                .parentWait(new WaitingParent(parent.runId(), parent.snapshotId()))
                .build());

        assertThat(answered).isEqualTo(child);
        assertThat(waitpoints(child)).isEqualTo(1);
        assertThat(harness.state(parent.runId()).execution()).isEqualTo(ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
        harness.advance(Duration.ofSeconds(10));
        harness.succeed(harness.startNext());
        harness.step();
        assertThat(harness.state(parent.runId()).execution()).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(steps.outputTexts(parent.runId())).containsExactly("1");
    }

    @Test
    @Shows({"LW-8", "LW-12"})
    void givesAFinishedRunAWaitpointWithItsOutput() {
        RunId run = harness.trigger("child");
        harness.succeed(harness.startNext());
        WaitpointId id =
                harness.engine.waits().awaitRun(harness.environment, run).orElseThrow();
        RunState parent = steps.started("parent");
        assertThat(steps.tryBlock(parent.runId(), id)).isInstanceOf(BlockOutcome.GoesOn.class);
        assertThat(steps.outputTexts(parent.runId())).containsExactly("1");
    }

    @Test
    @Shows("TW-2")
    void letsTwoParentsWaitForOneChild() {
        RunState first = steps.started("parent");
        RunState second = steps.started("parent");
        RunId child = steps.triggerAndWait(first, "child");
        steps.block(
                second,
                harness.engine.waits().awaitRun(harness.environment, child).orElseThrow());
        harness.succeed(harness.startNext());
        harness.step();
        assertThat(steps.outputTexts(first.runId())).containsExactly("1");
        assertThat(steps.outputTexts(second.runId())).containsExactly("1");
    }

    @Test
    @Shows({"TW-3", "WX-12"})
    void joinsTheRunThatAKeyLeadsTo() {
        RunState first = steps.started("parent");
        RunState second = steps.started("parent");
        RunId child = harness.trigger(keyed(WaitingParent.of(first.runId())));
        assertThat(harness.engine.trigger(keyed(WaitingParent.of(second.runId()))))
                .isEqualTo(new TriggerOutcome.Accepted(child, true));
        harness.succeed(harness.startNext());
        harness.step();
        assertThat(steps.outputTexts(first.runId())).containsExactly("1");
        assertThat(steps.outputTexts(second.runId())).containsExactly("1");
        RunState third = steps.started("parent");
        assertThat(harness.trigger(keyed(WaitingParent.of(third.runId())))).isEqualTo(child);
        assertThat(execution(third)).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(steps.outputTexts(third.runId())).containsExactly("1");
    }

    @Test
    void joinsARunThatNobodyWaitedFor() {
        RunId child = harness.trigger(keyed(null));
        RunState started = harness.startNext();
        RunState parent = steps.started("parent");
        assertThat(harness.trigger(keyed(WaitingParent.of(parent.runId())))).isEqualTo(child);
        harness.succeed(started);
        harness.step();
        assertThat(steps.outputTexts(parent.runId())).containsExactly("1");
    }

    @Test
    @Shows("WX-1")
    void refusesAParentThatCannotWaitAndTriggersNothing() {
        RunState parent = steps.started("parent");
        harness.succeed(parent);
        assertThat(harness.engine.trigger(keyed(WaitingParent.of(parent.runId()))))
                .isEqualTo(new TriggerOutcome.Rejected(
                        "Cannot trigger child as the parent run has a status of COMPLETED_SUCCESSFULLY"));
        RunId queued = harness.trigger("parent");
        assertThat(harness.engine.trigger(keyed(WaitingParent.of(queued)))).isInstanceOf(TriggerOutcome.Rejected.class);
        assertThat(harness.sql()
                        .sql("select count(*) from run where task_id = 'child'")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(harness.sql()
                        .sql("select count(*) from idempotency_key")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void refusesAParentOfAnotherEnvironment() {
        EnvironmentId other = harness.controlPlane.addEnvironment("PRODUCTION", 10);
        harness.controlPlane.deploy(other, task("child"));
        RunState parent = steps.started("parent");
        assertThat(harness.engine.trigger(TriggerCommand.of(other, "child")
                        .parentWait(WaitingParent.of(parent.runId()))
                        .build()))
                .isEqualTo(new TriggerOutcome.Rejected(
                        "Parent run " + parent.runId() + " not found in this environment."));
        assertThat(harness.state(parent.runId())).isEqualTo(parent);
    }

    @Test
    void queuesTheChildWhereItsParentStood() {
        harness.limit("task/parent", 1);
        RunState parent = harness.start(claimOf(harness.trigger(TriggerCommand.of(harness.environment, "parent")
                .priorityMs(5_000)
                .build())));
        harness.advance(Duration.ofSeconds(10));
        RunId earlier = harness.trigger("child");
        RunId child = steps.triggerAndWait(parent, "child");
        assertThat(harness.state(child).score()).isEqualTo(parent.score() + 5_000);
        assertThat(harness.claimNext().runId()).isEqualTo(child);
        assertThat(harness.claimNext().runId()).isEqualTo(earlier);
    }

    private RunState claimOf(RunId run) {
        RunState claimed = harness.claimNext();
        assertThat(claimed.runId()).isEqualTo(run);
        return claimed;
    }

    @Test
    void doesNotLockUpAQueueOfOneSlot() {
        harness.limit("task/parent", 1);
        RunState parent = steps.started("parent");
        RunId child = steps.triggerAndWait(parent, "parent");
        RunState started = harness.startNext();
        assertThat(started.runId()).isEqualTo(child);
        harness.succeed(started);
        harness.step();
        assertThat(execution(parent)).isEqualTo(ExecutionStatus.EXECUTING);
    }
}
