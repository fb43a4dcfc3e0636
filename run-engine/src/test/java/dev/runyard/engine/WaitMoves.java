package dev.runyard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.attempt.CompleteOutcome;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.waitpoint.BlockOutcome;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.CompleteAttemptResponse.AttemptStatus;
import dev.runyard.protocol.worker.Completion;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The moves of runs that wait, as a part of RunTransitionsTest.
interface WaitMoves {
    TaskRunError FAILURE = new TaskRunError.BuiltIn("java.lang.IllegalStateException", "boom", "at …");
    Completion.Retry RETRY_SOON = new Completion.Retry(0, 1_000);

    EngineHarness harness();

    private WaitSteps steps() {
        return new WaitSteps(harness());
    }

    /// Starts a run and lets its wait end, up to the moment in which it queues for a slot.
    private RunState resumed(String task) {
        WaitSteps.Waiting waiting = steps().waiting(task);
        steps().complete(waiting.token(), "1");
        return harness().state(waiting.run().runId());
    }

    @Test
    default void waitsAndGoesOn() {
        WaitSteps.Waiting waiting = steps().waiting("work");
        RunState run = waiting.run();
        assertThat(run.execution()).isEqualTo(ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
        assertThat(run.slotHeld()).isFalse();
        assertThat(run.leaseUntil()).isNotNull();
        steps().complete(waiting.token(), "1");
        RunState queued = harness().state(run.runId());
        assertThat(queued.execution()).isEqualTo(ExecutionStatus.QUEUED_EXECUTING);
        assertThat(queued.leaseUntil()).isEqualTo(run.leaseUntil());
        harness().step();
        RunState executing = harness().state(run.runId());
        assertThat(executing.execution()).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(executing.slotHeld()).isTrue();
        assertThat(executing.attempt()).isEqualTo(1);
        harness().succeed(executing);
        assertThat(harness().state(run.runId()).status()).isEqualTo(RunStatus.COMPLETED_SUCCESSFULLY);
    }

    @Test
    default void isAdmittedAgainWhenTheOneWhoDidItSleeps() {
        RunState queued = resumed("work");
        harness()
                .onNextClaim(
                        () -> harness().advance(harness().config().claimLease().plusSeconds(1)));
        harness().step();
        RunState executing = harness().state(queued.runId());
        assertThat(executing.execution()).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(executing.version()).as("lapsed, admitted").isEqualTo(queued.version() + 2);
        harness().succeed(executing);
    }

    @Test
    default void goesOnAtOnceWhenEverythingIsThere() {
        RunState started = steps().started("work");
        WaitpointId token = steps().token();
        steps().complete(token, "1");
        BlockOutcome outcome = steps().tryBlock(started.runId(), token);
        RunState now = harness().state(started.runId());
        assertThat(outcome).isEqualTo(new BlockOutcome.GoesOn(now));
        assertThat(now.execution()).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(now.version()).isEqualTo(started.version() + 1);
        assertThat(now.slotHeld()).isTrue();
        harness().succeed(now);
    }

    @Test
    default void isSuspendedAndRestored() {
        WaitSteps.Waiting waiting = steps().waiting("work");
        RunState suspended = steps().suspend(waiting.run());
        assertThat(suspended.execution()).isEqualTo(ExecutionStatus.SUSPENDED);
        assertThat(suspended.leaseUntil()).isNull();
        steps().complete(waiting.token(), "1");
        RunState claimed = harness().claimNext();
        assertThat(claimed.runId()).isEqualTo(suspended.runId());
        RunState executing = steps().goOn(claimed);
        assertThat(executing.attempt()).isEqualTo(1);
        harness().succeed(executing);
    }

    @Test
    default void mayEndWhileItWaits() {
        for (boolean waits : new boolean[] {true, false}) {
            RunState run = waits ? steps().waiting("work").run() : resumed("work");
            harness().succeed(run);
            assertThat(harness().state(run.runId()).status()).isEqualTo(RunStatus.COMPLETED_SUCCESSFULLY);
        }
    }

    @Test
    default void isRetriedThroughTheQueueWhenItsAttemptFailsWhileItWaits() {
        for (boolean waits : new boolean[] {true, false}) {
            RunState run = waits ? steps().waiting("work").run() : resumed("work");
            CompleteOutcome outcome = harness().fail(run, FAILURE, RETRY_SOON);
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            CompleteOutcome.Completed.class,
                            answer -> assertThat(answer.status()).isEqualTo(AttemptStatus.RETRY_QUEUED));
            harness().advance(Duration.ofSeconds(1));
            RunState again = harness().startNext();
            assertThat(again.runId()).isEqualTo(run.runId());
            harness().succeed(again);
        }
    }

    @Test
    default void failsWhileItWaitsWhenTheAttemptsAreUsedUp() {
        for (boolean waits : new boolean[] {true, false}) {
            RunState run = waits ? steps().waiting("once").run() : resumed("once");
            harness().fail(run, FAILURE, null);
            assertThat(harness().state(run.runId()).status()).isEqualTo(RunStatus.COMPLETED_WITH_ERRORS);
        }
    }

    @Test
    default void isRecoveredWhenItsProcessDiesWhileItWaits() {
        WaitSteps.Waiting waiting = steps().waiting("work");
        WaitSteps.Waiting last = steps().waiting("once");
        harness().advance(harness().config().executionTimeout().plusSeconds(1));
        assertThat(harness().state(waiting.run().runId()).lastEvent()).isEqualTo(RunEvent.RECOVERED);
        assertThat(harness().state(last.run().runId()).lastEvent()).isEqualTo(RunEvent.GIVEN_UP);
        harness().advance(Duration.ofSeconds(1));
        harness().succeed(harness().startNext());
    }

    @Test
    default void isRecoveredWhenItsProcessDiesWhileItQueuesToGoOn() {
        RunState often = steps().started("work");
        RunState once = steps().started("once");
        WaitpointId token = steps().token();
        steps().block(often, token);
        steps().block(once, token);
        harness().controlPlane.change(harness().environment, 0, false);
        harness().engine.refreshLimits(harness().environment);
        steps().complete(token, "1");
        harness().advance(harness().config().executionTimeout().plusSeconds(1));
        assertThat(harness().state(often.runId()).lastEvent()).isEqualTo(RunEvent.RECOVERED);
        assertThat(harness().state(once.runId()).lastEvent()).isEqualTo(RunEvent.GIVEN_UP);
        harness().controlPlane.change(harness().environment, 100, false);
        harness().engine.refreshLimits(harness().environment);
        harness().advance(Duration.ofSeconds(1));
        harness().succeed(harness().startNext());
    }

    @Test
    default void isCanceledWhileItWaits() {
        RunState suspended = steps().suspend(steps().waiting("work").run());
        RunState waiting = steps().waiting("work").run();
        RunState queued = resumed("work");
        for (RunState run : new RunState[] {waiting, queued}) {
            cancel(run.runId());
            RunState asked = harness().state(run.runId());
            assertThat(asked.execution()).isEqualTo(ExecutionStatus.PENDING_CANCEL);
            harness().fail(asked, TaskRunError.Internal.of(InternalErrorCode.TASK_RUN_CANCELLED, "stopped"), null);
            assertThat(harness().state(run.runId()).status()).isEqualTo(RunStatus.CANCELED);
        }
        cancel(suspended.runId());
        assertThat(harness().state(suspended.runId()).status()).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    default void endsWhereItsWorkerCancelsItWhileItWaits() {
        for (boolean waits : new boolean[] {true, false}) {
            RunState run = waits ? steps().waiting("work").run() : resumed("work");
            harness().fail(run, TaskRunError.Internal.of(InternalErrorCode.TASK_RUN_CANCELLED, "stopped"), RETRY_SOON);
            assertThat(harness().state(run.runId()).status()).isEqualTo(RunStatus.CANCELED);
        }
    }

    private void cancel(RunId run) {
        harness().engine.cancel(harness().environment, run, "not wanted");
    }
}
