package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.attempt.CompleteOutcome;
import dev.runyard.engine.attempt.StartOutcome;
import dev.runyard.engine.batch.BatchItem;
import dev.runyard.engine.batch.BatchView;
import dev.runyard.engine.batch.CreateBatchOutcome;
import dev.runyard.engine.batch.NewBatch;
import dev.runyard.engine.cancel.CancelOutcome;
import dev.runyard.engine.claim.ClaimRequest;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.debounce.Debounce;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.queue.QueueEntry;
import dev.runyard.engine.queue.redis.RedisRunQueue;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunTransitions;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.CompleteAttemptResponse.AttemptStatus;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.testkit.redis.TestRedis;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Walks a run through every move of the transition table; the last check fails on a move that no test here made.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunTransitionsTest implements WaitMoves {
    private static final TaskRunError BOOM =
            new TaskRunError.BuiltIn("java.lang.IllegalStateException", "boom", "at …");
    private static final Completion.Retry SOON = new Completion.Retry(0, 1_000);
    private static final Completion.Retry LATER = new Completion.Retry(0, 45_000);

    private EngineHarness harness;

    @Override
    public EngineHarness harness() {
        return harness;
    }

    @BeforeAll
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(
                harness.environment, task("work"), task("once", new RetryOptions(1, null, null, null, null, null)));
    }

    @AfterAll
    void everyMoveWasMade() {
        Set<String> made = harness.meters.find(EngineMetrics.TRANSITIONS).counters().stream()
                .map(Counter::getId)
                .map(id -> id.getTag("from") + " " + id.getTag("event"))
                .collect(Collectors.toSet());
        Set<String> legal = RunTransitions.TABLE.stream()
                .map(move -> (move.from() == null ? "NEW" : move.from().name()) + " " + move.event())
                .collect(Collectors.toSet());
        harness.close();
        assertThat(made).isEqualTo(legal);
    }

    @Test
    @Shows({"TR-1", "AS-1", "DQ-8", "CR-4", "RA-8", "SR-1"})
    void runsFromTriggerToSuccess() {
        RunId run = harness.trigger("work");
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.PENDING);
        ClaimedRun claimed = harness.claim().orElseThrow();
        assertThat(claimed.state().runId()).isEqualTo(run);
        assertThat(harness.state(run)).isEqualTo(claimed.state());
        RunState started = harness.start(claimed.state());
        assertThat(started.attempt()).isEqualTo(1);
        assertThat(harness.succeed(started))
                .isEqualTo(new CompleteOutcome.Completed(AttemptStatus.RUN_FINISHED, harness.state(run)));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.COMPLETED_SUCCESSFULLY);
        assertThat(harness.engine
                        .queries()
                        .detail(harness.environment, run)
                        .orElseThrow()
                        .output())
                .isEqualTo("1");
    }

    @Test
    void failsInAdvanceWhereAnItemOfABatchCannotBeTriggered() {
        BatchView batch = ((CreateBatchOutcome.Created)
                        harness.engine.batches().create(NewBatch.of(harness.environment, 1)))
                .batch();
        TriggerCommand command = TriggerCommand.of(harness.environment, "work")
                .lockToVersion("19990101.1")
                .build();
        harness.engine.batches().add(harness.environment, batch.id(), List.of(BatchItem.of(0, command)));
        assertThat(harness.engine.batches().queries().items(harness.environment, batch.id()))
                .singleElement()
                .satisfies(item -> assertThat(item.status()).isEqualTo(RunStatus.SYSTEM_FAILURE));
    }

    @Test
    void startsInTheStepOfTheClaimForAWarmRunner() {
        RunId run = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .maxDurationSeconds(30)
                .build());
        ClaimedRun claimed = harness.engine
                .claim(new ClaimRequest("main", EngineHarness.WORKER, 1, Duration.ZERO, EngineHarness.RUNNER))
                .getFirst();
        assertThat(claimed.state()).isEqualTo(harness.state(run));
        assertThat(claimed.state().attempt()).isEqualTo(1);
        harness.succeed(claimed.state());
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.COMPLETED_SUCCESSFULLY);
    }

    @Test
    void entersItsQueueWhenItsPlaceIsDue() {
        RunId run = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .priorityMs(-5_000)
                .build());
        assertThat(harness.claim()).isEmpty();
        harness.advance(Duration.ofSeconds(5));
        assertThat(harness.claimNext().runId()).isEqualTo(run);
        harness.succeed(harness.start(harness.state(run)));
    }

    @Test
    void goesOnAsSoonAsItHasASlot() {
        harness.trigger("work");
        RunState started = harness.startNext();
        harness.sql().sql("""
                        update run_state
                        set execution = 'QUEUED_EXECUTING', slot_held = false, version = version + 1
                        where run_id = ?
                        """).param(started.runId().value()).update();
        harness.part(RedisRunQueue.class).publish(List.of(QueueEntry.of(harness.state(started.runId()))));
        harness.step();
        RunState admitted = harness.state(started.runId());
        assertThat(admitted.execution()).isEqualTo(ExecutionStatus.EXECUTING);
        harness.succeed(admitted);
    }

    @Test
    void givesARepeatedCallTheAnswerOfTheFirst() {
        harness.trigger("work");
        RunState claimed = harness.claimNext();
        RunState started = harness.start(claimed);
        assertThat(harness.start(claimed)).isEqualTo(started);
        harness.succeed(started);
        assertThat(harness.succeed(started)).isInstanceOfSatisfying(CompleteOutcome.Completed.class, answer -> {
            assertThat(answer.status()).isEqualTo(AttemptStatus.RUN_FINISHED);
            assertThat(answer.state().version()).isEqualTo(started.version() + 1);
        });
    }

    @Test
    void refusesAnotherRunnerAndAnOldVersion() {
        harness.trigger("work");
        RunState claimed = harness.claimNext();
        RunState started = harness.start(claimed);
        assertThat(harness.engine.start(claimed.runId(), claimed.snapshotId(), "another"))
                .isInstanceOf(StartOutcome.Stale.class);
        assertThat(harness.engine.complete(
                        claimed.runId(), claimed.snapshotId(), Completion.success("", null, "application/json", 1)))
                .isInstanceOf(CompleteOutcome.Stale.class);
        harness.succeed(started);
    }

    @Test
    void retriesOnTheWorkerWhenTheDelayIsShort() {
        RunId run = harness.trigger("work");
        RunState started = harness.startNext();
        CompleteOutcome outcome = harness.fail(started, BOOM, SOON);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        CompleteOutcome.Completed.class,
                        answer -> assertThat(answer.status()).isEqualTo(AttemptStatus.RETRY_IMMEDIATELY));
        RunState again = harness.start(harness.state(run));
        assertThat(again.attempt()).isEqualTo(2);
        harness.succeed(again);
    }

    @Test
    void retriesThroughTheQueueWhenTheDelayIsLong() {
        RunId run = harness.trigger("work");
        CompleteOutcome outcome = harness.fail(harness.startNext(), BOOM, LATER);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        CompleteOutcome.Completed.class,
                        answer -> assertThat(answer.status()).isEqualTo(AttemptStatus.RETRY_QUEUED));
        harness.advance(Duration.ofSeconds(44));
        assertThat(harness.claim()).isEmpty();
        harness.advance(Duration.ofSeconds(1));
        RunState again = harness.startNext();
        assertThat(again.runId()).isEqualTo(run);
        harness.succeed(again);
    }

    @Test
    @Shows("TR-2")
    void failsWhenTheAttemptsAreUsedUp() {
        RunId run = harness.trigger("once");
        harness.fail(harness.startNext(), BOOM, SOON);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.COMPLETED_WITH_ERRORS);
        assertThat(harness.engine
                        .queries()
                        .detail(harness.environment, run)
                        .orElseThrow()
                        .error())
                .isEqualTo(BOOM);
    }

    @Test
    void failsAtOnceWhenTheWorkloadCannotStart() {
        RunId run = harness.trigger("work");
        RunState claimed = harness.claimNext();
        harness.fail(claimed, TaskRunError.Internal.of(InternalErrorCode.COULD_NOT_FIND_EXECUTOR, "no image"), null);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.SYSTEM_FAILURE);
    }

    @Test
    void queuesAgainAfterACrashBeforeTheAttempt() {
        RunId run = harness.trigger("work");
        RunState claimed = harness.claimNext();
        harness.fail(
                claimed,
                TaskRunError.Internal.of(InternalErrorCode.TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE, "code 1"),
                null);
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.QUEUED);
        harness.advance(Duration.ofMinutes(1));
        harness.succeed(harness.startNext());
    }

    @Test
    void movesToALargerMachineAfterAnOutOfMemoryKill() {
        harness.trigger("work");
        harness.fail(
                harness.startNext(),
                TaskRunError.Internal.of(InternalErrorCode.TASK_PROCESS_OOM_KILLED, "out of memory"),
                null);
        harness.advance(Duration.ofMinutes(1));
        RunState again = harness.startNext();
        assertThat(again.machine()).isEqualTo(MachinePreset.LARGE_1X);
        harness.succeed(again);
    }

    @Test
    void returnsARunWhoseClaimerSleeps() {
        RunId run = harness.trigger("work");
        harness.onNextClaim(() -> harness.advance(harness.config().claimLease().plusSeconds(1)));
        RunState claimed = harness.claimNext();
        assertThat(claimed.version()).as("triggered, lapsed, claimed").isEqualTo(3);
        harness.succeed(harness.start(claimed));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.COMPLETED_SUCCESSFULLY);
    }

    @Test
    @Shows("HB-1")
    void returnsARunThatNobodyStarted() {
        RunId run = harness.trigger("work");
        harness.claimNext();
        harness.advance(Duration.ofSeconds(61));
        assertThat(harness.state(run).lastEvent()).isEqualTo(RunEvent.DISPATCH_LAPSED);
        harness.succeed(harness.startNext());
    }

    @Test
    @Shows("HB-2")
    void givesUpARunThatIsHandedOutInVain() {
        RunId run = harness.trigger("work");
        for (int i = 0; i < harness.config().maxDispatches(); i++) {
            harness.claimNext();
            harness.advance(Duration.ofSeconds(61));
        }
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.SYSTEM_FAILURE);
    }

    @Test
    void recoversAStalledAttempt() {
        RunId run = harness.trigger("work");
        RunState started = harness.startNext();
        harness.clock.advance(Duration.ofSeconds(50));
        assertThat(harness.engine.heartbeat(run, started.snapshotId())).isTrue();
        harness.advance(Duration.ofSeconds(50));
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.EXECUTING);
        harness.advance(Duration.ofSeconds(11));
        assertThat(harness.state(run).lastEvent()).isEqualTo(RunEvent.RECOVERED);
        assertThat(harness.engine.heartbeat(run, started.snapshotId())).isFalse();
        assertThat(harness.succeed(started)).isInstanceOf(CompleteOutcome.Stale.class);
        harness.advance(Duration.ofSeconds(1));
        harness.succeed(harness.startNext());
    }

    @Test
    void endsAnAttemptThatRunsTooLong() {
        RunId run = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .maxDurationSeconds(30)
                .build());
        RunState started = harness.startNext();
        harness.advance(Duration.ofSeconds(39));
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(harness.engine.heartbeat(run, started.snapshotId())).isTrue();
        harness.advance(Duration.ofSeconds(1));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.TIMED_OUT);
    }

    @Test
    @Shows("DL-1")
    void delaysARun() {
        RunId run = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .delayUntil(harness.clock.instant().plusSeconds(60))
                .build());
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.DELAYED);
        harness.advance(Duration.ofSeconds(59));
        assertThat(harness.claim()).isEmpty();
        harness.advance(Duration.ofSeconds(1));
        harness.succeed(harness.startNext());
    }

    @Test
    void expiresARunThatDoesNotStartInTime() {
        RunId run = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .ttl(Duration.ofSeconds(10))
                .build());
        harness.advance(Duration.ofSeconds(10));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.EXPIRED);
        assertThat(harness.claim()).isEmpty();
    }

    @Test
    @Shows({"PV-1", "PV-2"})
    void parksARunUntilItsTaskIsDeployed() {
        EnvironmentId other = harness.controlPlane.addEnvironment("PRODUCTION", 10);
        harness.engine.refreshLimits(other);
        RunId run = harness.trigger(TriggerCommand.of(other, "late").build());
        RunId canceled = harness.trigger(TriggerCommand.of(other, "late").build());
        assertThat(harness.claim(2)).isEmpty();
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.PENDING_VERSION);
        harness.engine.cancel(other, canceled, "not wanted");
        harness.controlPlane.deploy(other, task("late"));
        assertThat(harness.engine.releaseParkedRuns(other)).isEqualTo(1);
        harness.succeed(harness.startNext());
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.COMPLETED_SUCCESSFULLY);
    }

    @Test
    void parksARunForADeploymentThatItsTriggerNames() {
        TriggerCommand command = TriggerCommand.of(harness.environment, "work")
                .externalDeploymentId("abc")
                .debounce(new Debounce("parked", "1m", Debounce.Mode.LEADING, null))
                .build();
        RunId run = harness.trigger(command);
        assertThat(harness.state(run).lastEvent()).isEqualTo(RunEvent.TRIGGERED_AND_PARKED);
        harness.advance(Duration.ofSeconds(10));
        assertThat(harness.trigger(command)).isEqualTo(run);
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.RUN_CREATED);
        harness.controlPlane.deployAs(harness.environment, "abc", task("work"));
        assertThat(harness.engine.releaseParkedRuns(harness.environment)).isEqualTo(1);
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.DELAYED);
        harness.advance(Duration.ofMinutes(1));
        harness.succeed(harness.startNext());
        RunId expiring = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .externalDeploymentId("never")
                .build());
        harness.advance(Duration.ofHours(1));
        assertThat(harness.state(expiring).status()).isEqualTo(RunStatus.EXPIRED);
    }

    @Test
    void movesTheEndOfADelay() {
        RunId run = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .debounce(new Debounce("moved", "5s", Debounce.Mode.LEADING, null))
                .build());
        harness.advance(Duration.ofSeconds(2));
        harness.trigger(TriggerCommand.of(harness.environment, "work")
                .debounce(new Debounce("moved", "5s", Debounce.Mode.LEADING, null))
                .build());
        assertThat(harness.state(run).lastEvent()).isEqualTo(RunEvent.DEBOUNCED);
        harness.engine.reschedule(
                harness.environment, run, harness.clock.instant().plusSeconds(30));
        assertThat(harness.state(run).lastEvent()).isEqualTo(RunEvent.RESCHEDULED);
        harness.advance(Duration.ofSeconds(30));
        harness.succeed(harness.startNext());
    }

    @Test
    @Shows({"CA-2", "DL-4", "AS-5", "LW-4"})
    void cancelsWhatNoWorkerHasAtOnce() {
        RunId queued = harness.trigger("work");
        RunId delayed = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .delayUntil(harness.clock.instant().plusSeconds(60))
                .build());
        for (RunId run : new RunId[] {queued, delayed}) {
            assertThat(harness.engine.cancel(harness.environment, run, "not wanted"))
                    .isInstanceOf(CancelOutcome.Canceled.class);
            assertThat(harness.state(run).status()).isEqualTo(RunStatus.CANCELED);
            assertThat(harness.engine.cancel(harness.environment, run, "again"))
                    .isInstanceOf(CancelOutcome.AlreadyFinished.class);
        }
        assertThat(harness.claim()).isEmpty();
    }

    @Test
    @Shows("RA-9")
    void cancelsARunningAttemptThroughItsWorker() {
        RunId run = harness.trigger("work");
        harness.startNext();
        harness.engine.cancel(harness.environment, run, "not wanted");
        RunState asked = harness.state(run);
        assertThat(asked.execution()).isEqualTo(ExecutionStatus.PENDING_CANCEL);
        harness.fail(asked, TaskRunError.Internal.of(InternalErrorCode.TASK_RUN_CANCELLED, "stopped"), null);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    @Shows("HB-4")
    void cancelsEvenWhenTheWorkerIsGone() {
        RunId run = harness.trigger("work");
        harness.claimNext();
        harness.engine.cancel(harness.environment, run, "not wanted");
        harness.advance(harness.config().cancelTimeout().plusSeconds(1));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void endsWhatItsWorkerCanceledUnasked() {
        TaskRunError stopped = TaskRunError.Internal.of(InternalErrorCode.TASK_RUN_CANCELLED, "stopped");
        RunId executing = harness.trigger("work");
        harness.fail(harness.startNext(), stopped, SOON);
        RunId claimed = harness.trigger("work");
        harness.fail(harness.claimNext(), stopped, null);
        assertThat(harness.state(executing).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(harness.state(claimed).status()).isEqualTo(RunStatus.CANCELED);
    }
}
