package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static dev.runyard.engine.InMemoryControlPlane.taskWithLimits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.attempt.StartOutcome;
import dev.runyard.engine.claim.ClaimRequest;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.run.RunCheckpoint;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.waitpoint.ContinueOutcome;
import dev.runyard.engine.waitpoint.SuspendOutcome;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SuspendTest {
    private EngineHarness harness;
    private WaitSteps steps;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(harness.environment, task("work"), taskWithLimits("limited", 30, "1h"));
        steps = new WaitSteps(harness);
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private static String location(RunState state) {
        return Objects.requireNonNull(state.checkpoint()).location();
    }

    /// Suspends a run and lets its wait end.
    private RunState resumed() {
        WaitSteps.Waiting waiting = steps.waiting("work");
        RunState suspended = steps.suspend(waiting.run());
        steps.complete(waiting.token(), "1");
        return harness.state(suspended.runId());
    }

    @Test
    @Shows({"CP-1", "SC-4", "WC-2"})
    void goesOnFromItsCheckpoint() {
        WaitSteps.Waiting waiting = steps.waiting("work");
        RunState suspended = steps.suspend(waiting.run());
        assertThat(suspended.execution()).isEqualTo(ExecutionStatus.SUSPENDED);
        assertThat(suspended.status()).isEqualTo(RunStatus.WAITING_TO_RESUME);
        RunCheckpoint checkpoint = Objects.requireNonNull(suspended.checkpoint());
        assertThat(checkpoint.type().name()).isEqualTo("DOCKER");
        assertThat(checkpoint.reason()).isEqualTo("waits");
        assertThat(harness.claim()).isEmpty();
        steps.complete(waiting.token(), "1");
        assertThat(harness.state(suspended.runId()).execution()).isEqualTo(ExecutionStatus.QUEUED);
        RunState claimed = harness.claimNext();
        assertThat(claimed.checkpoint()).isEqualTo(checkpoint);
        assertThat(steps.outputTexts(claimed.runId())).containsExactly("1");
        RunState executing = steps.goOn(claimed);
        assertThat(executing.execution()).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(executing.attempt()).isEqualTo(1);
        assertThat(executing.checkpoint()).isNull();
        assertThat(steps.outputTexts(claimed.runId())).containsExactly("1");
        harness.succeed(executing);
        assertThat(harness.state(claimed.runId()).status()).isEqualTo(RunStatus.COMPLETED_SUCCESSFULLY);
    }

    @Test
    @Shows("CP-2")
    void refusesACheckpointOfAnOldVersion() {
        WaitSteps.Waiting waiting = steps.waiting("work");
        RunState stale =
                waiting.run().toBuilder().version(waiting.run().version() - 1).build();
        assertThat(steps.trySuspend(stale, "late")).isEqualTo(new SuspendOutcome.Discarded("Not the latest snapshot"));
        assertThat(harness.state(stale.runId())).isEqualTo(waiting.run());
    }

    @Test
    @Shows("CP-3")
    void goesOnFromTheNewestOfItsCheckpoints() {
        RunState run = steps.started("work");
        for (String location : new String[] {"first", "second"}) {
            WaitpointId token = steps.token();
            RunState waiting = steps.block(run, token);
            assertThat(steps.trySuspend(waiting, location)).isInstanceOf(SuspendOutcome.Suspended.class);
            steps.complete(token, "1");
            RunState claimed = harness.claimNext();
            assertThat(location(claimed)).isEqualTo(location);
            run = steps.goOn(claimed);
        }
        harness.succeed(run);
    }

    @Test
    @Shows("CP-4")
    void discardsACheckpointThatComesAfterTheEndOfTheWait() {
        WaitSteps.Waiting waiting = steps.waiting("work");
        steps.complete(waiting.token(), "1");
        assertThat(steps.trySuspend(waiting.run(), "late")).isInstanceOf(SuspendOutcome.Discarded.class);
        harness.step();
        assertThat(steps.trySuspend(waiting.run(), "later")).isInstanceOf(SuspendOutcome.Discarded.class);
        RunState executing = harness.state(waiting.run().runId());
        assertThat(executing.execution()).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(steps.trySuspend(executing, "of a run that does not wait"))
                .isEqualTo(new SuspendOutcome.Discarded("The run is EXECUTING and not checkpointable"));
        harness.succeed(executing);
    }

    @Test
    @Shows("CP-5")
    void keepsItsCheckpointWhenAnotherComes() {
        RunState suspended = steps.suspend(steps.waiting("work").run());
        assertThat(steps.trySuspend(suspended, "second"))
                .isEqualTo(new SuspendOutcome.Discarded("The run is SUSPENDED and not checkpointable"));
        assertThat(location(harness.state(suspended.runId()))).isEqualTo("first");
    }

    @Test
    void standsInFrontOfNewerRunsWhenItResumes() {
        WaitSteps.Waiting waiting = steps.waiting("work");
        steps.suspend(waiting.run());
        harness.advance(Duration.ofSeconds(5));
        RunId newer = harness.trigger("work");
        steps.complete(waiting.token(), "1");
        assertThat(harness.claimNext().runId()).isEqualTo(waiting.run().runId());
        assertThat(harness.claimNext().runId()).isEqualTo(newer);
    }

    @Test
    void keepsItsCheckpointWhenNobodyRestoresItInTime() {
        RunState queued = resumed();
        for (int i = 0; i < 2; i++) {
            RunState claimed = harness.claimNext();
            assertThat(location(claimed)).isEqualTo("first");
            assertThat(steps.outputTexts(queued.runId())).containsExactly("1");
            harness.advance(harness.config().pendingStartTimeout().plusSeconds(1));
            assertThat(harness.state(queued.runId()).lastEvent()).isEqualTo(RunEvent.DISPATCH_LAPSED);
        }
        harness.succeed(steps.goOn(harness.claimNext()));
    }

    @Test
    void keepsItsCheckpointWhenRestoringFails() {
        resumed();
        RunState claimed = harness.claimNext();
        harness.fail(
                claimed,
                TaskRunError.Internal.of(InternalErrorCode.TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE, "code 1"),
                null);
        harness.advance(Duration.ofMinutes(1));
        assertThat(location(harness.claimNext())).isEqualTo("first");
    }

    @Test
    void startsAnewWhenTheAttemptFailsAfterItWasRestored() {
        resumed();
        RunState executing = steps.goOn(harness.claimNext());
        harness.fail(executing, new TaskRunError.BuiltIn("E", "boom", "at …"), new Completion.Retry(0, 45_000));
        harness.advance(Duration.ofSeconds(45));
        RunState again = harness.startNext();
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.checkpoint()).isNull();
        assertThat(steps.outputs(again.runId())).isEmpty();
    }

    @Test
    void continuesOnlyWhatWasRestored() {
        RunState queued = resumed();
        assertThat(harness.engine.waits().continueRun(queued.runId(), queued.snapshotId(), "r"))
                .isInstanceOf(ContinueOutcome.Refused.class);
        RunState claimed = harness.claimNext();
        assertThat(harness.engine.start(claimed.runId(), claimed.snapshotId(), "r"))
                .isInstanceOf(StartOutcome.NotStartable.class);
        assertThat(harness.engine.waits().continueRun(claimed.runId(), queued.snapshotId(), "r"))
                .isEqualTo(new ContinueOutcome.Refused("Snapshot ID doesn't match the latest snapshot"));
        RunState executing = steps.goOn(claimed);
        assertThat(steps.goOn(claimed))
                .as("the same runner, whose answer was lost")
                .isEqualTo(executing);
        assertThat(harness.engine.waits().continueRun(claimed.runId(), claimed.snapshotId(), "another"))
                .isInstanceOf(ContinueOutcome.Refused.class);
        harness.succeed(executing);
        harness.trigger("work");
        RunState fresh = harness.claimNext();
        assertThat(harness.engine.waits().continueRun(fresh.runId(), fresh.snapshotId(), "r"))
                .isInstanceOf(ContinueOutcome.Refused.class);
    }

    @Test
    void isNotStartedByAWarmRunnerThatCannotRestoreIt() {
        RunState queued = resumed();
        RunId fresh = harness.trigger("work");
        List<ClaimedRun> claimed = harness.engine.claim(
                new ClaimRequest("main", EngineHarness.WORKER, 2, Duration.ZERO, EngineHarness.RUNNER));
        assertThat(claimed).extracting(run -> run.state().runId()).containsExactly(queued.runId(), fresh);
        assertThat(claimed.getFirst().state()).isEqualTo(harness.state(queued.runId()));
        assertThat(claimed.getFirst().state().execution()).isEqualTo(ExecutionStatus.PENDING_EXECUTING);
        assertThat(claimed.getLast().state()).isEqualTo(harness.state(fresh));
        assertThat(claimed.getLast().state().execution()).isEqualTo(ExecutionStatus.EXECUTING);
        harness.succeed(steps.goOn(claimed.getFirst().state()));
    }

    @Test
    void isCanceledAtOnceWhileItIsSuspended() {
        WaitSteps.Waiting waiting = steps.waiting("work");
        steps.suspend(waiting.run());
        harness.engine.cancel(harness.environment, waiting.run().runId(), "not wanted");
        RunState canceled = harness.state(waiting.run().runId());
        assertThat(canceled.status()).isEqualTo(RunStatus.CANCELED);
        steps.complete(waiting.token(), "1");
        assertThat(harness.state(canceled.runId())).isEqualTo(canceled);
        assertThat(harness.claim()).isEmpty();
    }

    @Test
    void staysSuspendedWithoutAWorkerForAnyTime() {
        WaitSteps.Waiting waiting = steps.waiting("work");
        steps.suspend(waiting.run());
        harness.advance(Duration.ofDays(3));
        assertThat(harness.state(waiting.run().runId()).execution()).isEqualTo(ExecutionStatus.SUSPENDED);
    }

    @Test
    void doesNotCountTheTimeOutsideAWorkerAsExecution() {
        RunState started = steps.started("limited");
        harness.advance(Duration.ofSeconds(10));
        WaitpointId token = steps.token();
        steps.suspend(steps.block(started, token));
        harness.advance(Duration.ofHours(5));
        steps.complete(token, "1");
        RunState executing = steps.goOn(harness.claimNext());
        harness.advance(Duration.ofSeconds(29));
        assertThat(harness.state(started.runId()).execution()).isEqualTo(ExecutionStatus.EXECUTING);
        harness.engine.heartbeat(executing.runId(), executing.snapshotId());
        harness.advance(Duration.ofSeconds(1));
        assertThat(harness.state(started.runId()).status()).isEqualTo(RunStatus.TIMED_OUT);
        assertThat(harness.state(started.runId()).usageMs()).isEqualTo(40_000);
    }

    @Test
    @Shows("HB-6")
    void resumesWhenWhatItWaitedForWasCompletedBehindItsBack() {
        WaitSteps.Waiting waiting = steps.waiting("work");
        RunState suspended = steps.suspend(waiting.run());
        harness.sql()
                .sql("update waitpoint set status = 'COMPLETED', completed_at = created_at where id = ?")
                .param(waiting.token().value())
                .update();
        harness.step();
        assertThat(harness.state(suspended.runId()).execution()).isEqualTo(ExecutionStatus.QUEUED);
        harness.succeed(steps.goOn(harness.claimNext()));
    }
}
