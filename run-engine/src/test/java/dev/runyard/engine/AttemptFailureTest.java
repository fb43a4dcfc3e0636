package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.attempt.AttemptConfig;
import dev.runyard.engine.attempt.CompleteOutcome;
import dev.runyard.engine.attempt.StartOutcome;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
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
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttemptFailureTest {
    private static final TaskRunError BOOM = new TaskRunError.BuiltIn("IllegalStateException", "boom", "at …");
    private static final Completion.Retry AT_ONCE = new Completion.Retry(0, 0);
    private static final TaskRunError KILLED = TaskRunError.Internal.of(
            InternalErrorCode.TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE, "Process exited with code -1 after SIGKILL.");

    private EngineHarness harness;

    @BeforeEach
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        deploy();
    }

    private void startWith(String setting, Object value) {
        harness.close();
        harness = EngineHarness.configured(
                TestRedis.shared().uri(), defaults -> Components.replace(defaults, setting, value));
        deploy();
    }

    private void deploy() {
        harness.controlPlane.deploy(
                harness.environment,
                task("work"),
                task("small", new RetryOptions(3, 2.0, 1_000L, 60_000L, false, null)),
                task("patient", new RetryOptions(1_000, 1.0, 0L, 0L, false, null)));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private static AttemptStatus statusOf(CompleteOutcome outcome) {
        return ((CompleteOutcome.Completed) outcome).status();
    }

    private @Nullable TaskRunError errorOf(RunId run) {
        return harness.engine
                .queries()
                .detail(harness.environment, run)
                .orElseThrow()
                .error();
    }

    @Test
    @Shows("AF-1")
    void repeatsOnItsWorkerAndSucceeds() {
        RunId run = harness.trigger("work");
        assertThat(statusOf(harness.fail(harness.startNext(), BOOM, AT_ONCE)))
                .isEqualTo(AttemptStatus.RETRY_IMMEDIATELY);
        RunState between = harness.state(run);
        assertThat(between.execution()).isEqualTo(ExecutionStatus.EXECUTING);
        assertThat(between.attempt()).isEqualTo(1);
        RunState again = harness.start(between);
        assertThat(again.attempt()).isEqualTo(2);
        harness.succeed(again);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.COMPLETED_SUCCESSFULLY);
        assertThat(count("select count(*) from waitpoint")).isZero();
    }

    @Test
    @Shows({"AF-2", "TR-2"})
    void endsAfterItsLastAttemptWhateverTheWorkerWants() {
        RunId run = harness.trigger(
                TriggerCommand.of(harness.environment, "work").maxAttempts(1).build());
        assertThat(statusOf(harness.fail(harness.startNext(), BOOM, AT_ONCE))).isEqualTo(AttemptStatus.RUN_FINISHED);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.COMPLETED_WITH_ERRORS);
        assertThat(count("select count(*) from run_state where slot_held")).isZero();
    }

    @Test
    @Shows("AF-3")
    void endsAtOnceWhereARetryCannotHelp() {
        RunId run = harness.trigger("work");
        TaskRunError full = TaskRunError.Internal.of(InternalErrorCode.DISK_SPACE_EXCEEDED, "disk full");
        harness.fail(harness.startNext(), full, AT_ONCE);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.CRASHED);
    }

    static Stream<TaskRunError> outOfMemory() {
        InternalErrorCode exit = InternalErrorCode.TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE;
        return Stream.of(
                TaskRunError.Internal.of(InternalErrorCode.TASK_PROCESS_OOM_KILLED, "killed"),
                TaskRunError.Internal.of(InternalErrorCode.TASK_PROCESS_MAYBE_OOM_KILLED, "killed"),
                KILLED,
                new TaskRunError.Internal(
                        exit, "Process exited with SIGABRT.", "FATAL ERROR: JavaScript heap out of memory"),
                TaskRunError.Internal.of(exit, "SIGABRT. Reached heap limit Allocation failed"),
                new TaskRunError.BuiltIn("Error", "ffmpeg was killed with signal SIGKILL", ""));
    }

    @ParameterizedTest
    @MethodSource("outOfMemory")
    @Shows("AF-5")
    void movesToALargerMachineHoweverTheWorkerSaysIt(TaskRunError error) {
        RunId run = harness.trigger("work");
        assertThat(statusOf(harness.fail(harness.startNext(), error, AT_ONCE))).isEqualTo(AttemptStatus.RETRY_QUEUED);
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.QUEUED);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.PENDING);
        harness.advance(Duration.ofSeconds(1));
        RunState again = harness.startNext();
        assertThat(again.machine()).isEqualTo(MachinePreset.LARGE_1X);
        assertThat(again.attempt()).isEqualTo(2);
        harness.succeed(again);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.COMPLETED_SUCCESSFULLY);
    }

    static Stream<TaskRunError> somethingElse() {
        InternalErrorCode exit = InternalErrorCode.TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE;
        return Stream.of(
                TaskRunError.Internal.of(exit, "Process exited with code 137."),
                TaskRunError.Internal.of(exit, "Process exited with SIGABRT."),
                TaskRunError.Internal.of(exit, "SIGKILL, code 9"));
    }

    @ParameterizedTest
    @MethodSource("somethingElse")
    void keepsTheMachineAfterOtherDeaths(TaskRunError error) {
        RunId run = harness.trigger("work");
        harness.fail(harness.startNext(), error, null);
        assertThat(harness.state(run).machine()).isEqualTo(MachinePreset.DEFAULT);
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.QUEUED);
    }

    @Test
    @Shows("AF-4")
    void crashesOutOfMemoryWhereNoLargerMachineIsNamed() {
        RunId run = harness.trigger("small");
        harness.fail(harness.startNext(), KILLED, AT_ONCE);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.CRASHED);
    }

    @Test
    @Shows("AF-6")
    void crashesOutOfMemoryOnTheLargerMachineToo() {
        RunId run = harness.trigger("work");
        harness.fail(harness.startNext(), KILLED, null);
        harness.advance(Duration.ofSeconds(1));
        harness.fail(harness.startNext(), KILLED, AT_ONCE);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.CRASHED);
        assertThat(harness.state(run).attempt()).isEqualTo(2);
    }

    @Test
    void takesALargerMachineWhereMemoryEndsBeforeTheAttempt() {
        RunId run = harness.trigger("work");
        harness.fail(harness.claimNext(), KILLED, null);
        assertThat(harness.state(run).machine()).isEqualTo(MachinePreset.LARGE_1X);
    }

    @Test
    void repeatsAtTheInstantThatTheTaskAskedFor() {
        RunId run = harness.trigger("work");
        Instant at = harness.clock.instant().plusSeconds(3_600);
        harness.fail(harness.startNext(), BOOM, new Completion.Retry(at.toEpochMilli(), 3_599_000));
        assertThat(harness.state(run).notBefore()).isEqualTo(at);
        harness.advance(Duration.ofSeconds(3_599));
        assertThat(harness.claim()).isEmpty();
        harness.advance(Duration.ofSeconds(1));
        assertThat(harness.claimNext().runId()).isEqualTo(run);
    }

    @Test
    void repeatsAtOnceWhereTheInstantPassed() {
        harness.trigger("work");
        Instant at = harness.clock.instant().minusSeconds(60);
        assertThat(statusOf(
                        harness.fail(harness.startNext(), BOOM, new Completion.Retry(at.toEpochMilli(), 3_600_000))))
                .isEqualTo(AttemptStatus.RETRY_IMMEDIATELY);
    }

    @Test
    void leavesTheWorkerFromTheThresholdOn() {
        long threshold = harness.config().warmRetryThreshold().toMillis();
        harness.trigger("work");
        assertThat(statusOf(harness.fail(harness.startNext(), BOOM, new Completion.Retry(0, threshold - 1))))
                .isEqualTo(AttemptStatus.RETRY_IMMEDIATELY);
        harness.trigger("work");
        assertThat(statusOf(harness.fail(harness.startNext(), BOOM, new Completion.Retry(0, threshold))))
                .isEqualTo(AttemptStatus.RETRY_QUEUED);
    }

    @Test
    void endsWhereTheTaskAskedNotToBeRepeated() {
        RunId run = harness.trigger("work");
        RunState started = harness.startNext();
        TaskRunError error = TaskRunError.Internal.of(InternalErrorCode.TASK_RUN_UNCAUGHT_EXCEPTION, "abort");
        harness.engine.complete(
                run,
                started.snapshotId(),
                new Completion(false, run.toString(), null, null, error, null, true, null, null));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.COMPLETED_WITH_ERRORS);
    }

    @Test
    void endsWhereNobodyAsksForARetry() {
        RunId run = harness.trigger("work");
        harness.fail(harness.startNext(), BOOM, null);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.COMPLETED_WITH_ERRORS);
    }

    @Test
    void endsAtTheServersOwnLimitOfAttempts() {
        RunId run = harness.trigger("patient");
        RunState started = harness.startNext();
        for (int attempt = 2; attempt <= harness.config().maxAttempts(); attempt++) {
            assertThat(statusOf(harness.fail(started, BOOM, AT_ONCE))).isEqualTo(AttemptStatus.RETRY_IMMEDIATELY);
            started = harness.start(harness.state(run));
        }
        assertThat(started.attempt()).isEqualTo(250);
        harness.fail(started, BOOM, AT_ONCE);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.COMPLETED_WITH_ERRORS);
    }

    @Test
    void refusesToStartMoreAttemptsThanTheServerAllows() {
        RunId run = harness.trigger("patient");
        RunState claimed = harness.claimNext();
        harness.sql()
                .sql("update run_state set attempt = 250 where run_id = ?")
                .param(run.value())
                .update();
        assertThat(harness.engine.start(run, claimed.snapshotId(), "r")).isInstanceOf(StartOutcome.NotStartable.class);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.CRASHED);
        assertThat(errorOf(run))
                .isInstanceOfSatisfying(
                        TaskRunError.Internal.class,
                        error -> assertThat(error.code()).isEqualTo(InternalErrorCode.TASK_RUN_CRASHED));
    }

    @Test
    void cutsErrorsWithoutSplittingACharacter() {
        RunId run = harness.trigger(
                TriggerCommand.of(harness.environment, "work").maxAttempts(1).build());
        String message = "m" + "\uD83D\uDE00".repeat(10_000);
        harness.fail(
                harness.startNext(),
                new TaskRunError.BuiltIn("n".repeat(2_000), message, "s".repeat(100_000) + "\0"),
                null);
        assertThat(errorOf(run)).isInstanceOfSatisfying(TaskRunError.BuiltIn.class, error -> {
            assertThat(error.name()).hasSize(1_024);
            assertThat(error.message()).hasSize(16_383).endsWith("\uD83D\uDE00");
            assertThat(error.stackTrace()).hasSize(16_384);
        });
    }

    @Test
    void storesAnErrorWithACharacterThatPostgresqlHasNot() {
        RunId run = harness.trigger("work");
        harness.fail(harness.startNext(), new TaskRunError.Text("a\0b"), null);
        assertThat(errorOf(run)).isEqualTo(new TaskRunError.Text("a\uFFFDb"));
    }

    @Test
    @Shows({"RG-2", "RG-3", "RG-4"})
    void addsTheUsageOfEveryAttempt() {
        RunId succeeding = harness.trigger("work");
        harness.fail(harness.startNext(), BOOM, AT_ONCE);
        harness.succeed(harness.start(harness.state(succeeding)));
        assertThat(harness.state(succeeding).usageMs()).isEqualTo(10);
        RunId failing = harness.trigger("work");
        harness.fail(harness.startNext(), BOOM, AT_ONCE);
        harness.fail(harness.start(harness.state(failing)), BOOM, null);
        assertThat(harness.state(failing).usageMs()).isEqualTo(10);
        RunId canceled = harness.trigger("work");
        harness.fail(harness.startNext(), BOOM, AT_ONCE);
        harness.start(harness.state(canceled));
        harness.engine.cancel(harness.environment, canceled, "stop");
        harness.fail(
                harness.state(canceled), TaskRunError.Internal.of(InternalErrorCode.TASK_RUN_CANCELLED, "x"), null);
        assertThat(harness.state(canceled).usageMs()).isEqualTo(10);
    }

    @Test
    void countsNoMoreUsageThanANumberHolds() {
        RunId run = harness.trigger("work");
        complete(harness.startNext(), Long.MAX_VALUE, AT_ONCE);
        complete(harness.start(harness.state(run)), Long.MAX_VALUE, null);
        assertThat(harness.state(run).usageMs()).isEqualTo((1L << 53) - 1);
    }

    private void complete(RunState started, long used, Completion.@Nullable Retry retry) {
        harness.engine.complete(
                started.runId(),
                started.snapshotId(),
                Completion.failure(started.runId().toString(), BOOM, retry, used));
    }

    @Test
    void takesTheNewDeadlineForEveryAttempt() {
        RunId run = harness.trigger(TriggerCommand.of(harness.environment, "work")
                .maxDurationSeconds(40)
                .build());
        RunState first = harness.startNext();
        harness.advance(Duration.ofSeconds(30));
        harness.engine.heartbeat(run, first.snapshotId());
        harness.fail(first, BOOM, AT_ONCE);
        harness.start(harness.state(run));
        harness.advance(Duration.ofSeconds(49));
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.EXECUTING);
        harness.advance(Duration.ofSeconds(1));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.TIMED_OUT);
    }

    @Test
    @Shows("HB-1")
    void returnsARunThatWasNotStartedInTime() {
        RunId run = harness.trigger("work");
        harness.claimNext();
        harness.advance(harness.config().pendingStartTimeout());
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.PENDING_EXECUTING);
        harness.advance(Duration.ofMillis(1));
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.QUEUED);
        assertThat(harness.startNext().attempt()).isEqualTo(1);
    }

    @Test
    @Shows("HB-2")
    void endsARunThatIsHandedOutInVainTooOften() {
        startWith("maxDispatches", 2);
        RunId run = harness.trigger("work");
        for (int i = 0; i < 2; i++) {
            assertThat(harness.state(run).isFinished()).isFalse();
            harness.claimNext();
            harness.advance(harness.config().pendingStartTimeout().plusMillis(1));
        }
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.SYSTEM_FAILURE);
        assertThat(errorOf(run))
                .isInstanceOfSatisfying(
                        TaskRunError.Internal.class,
                        error -> assertThat(error.code()).isEqualTo(InternalErrorCode.TASK_RUN_DEQUEUED_MAX_RETRIES));
    }

    @Test
    @Shows("HB-7")
    void keepsWhatBeatsAndTakesWhatFellSilent() {
        RunId run = harness.trigger("work");
        RunState started = harness.startNext();
        for (int i = 0; i < 6; i++) {
            harness.advance(Duration.ofSeconds(30));
            assertThat(harness.engine.heartbeat(run, started.snapshotId())).isTrue();
        }
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.EXECUTING);
        harness.advance(harness.config().executionTimeout().plusMillis(1));
        assertThat(harness.state(run).execution()).isEqualTo(ExecutionStatus.QUEUED);
    }

    @Test
    void endsAStalledRunWhoseAttemptsAreUsedUp() {
        RunId run = harness.trigger(
                TriggerCommand.of(harness.environment, "work").maxAttempts(2).build());
        for (int i = 0; i < 2; i++) {
            harness.startNext();
            harness.advance(harness.config().executionTimeout().plusMillis(1));
            harness.advance(harness.config().stalledRetryDelay());
        }
        assertThat(harness.state(run).lastEvent()).isEqualTo(RunEvent.GIVEN_UP);
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.COMPLETED_WITH_ERRORS);
    }

    @Test
    void startsNoStalledRunAnewInDevelopment() {
        EnvironmentId development = harness.controlPlane.addEnvironment("DEVELOPMENT", 10);
        harness.controlPlane.deploy(development, task("work"));
        harness.engine.refreshLimits(development);
        RunId run = harness.trigger(TriggerCommand.of(development, "work").build());
        harness.startNext();
        harness.advance(harness.config().executionTimeout().plusMillis(1));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void takesSilenceForALackOfMemoryWhereTheSettingsSaySo() {
        startWith("attempts", new AttemptConfig(true));
        RunId run = harness.trigger("work");
        harness.startNext();
        harness.advance(harness.config().executionTimeout().plusMillis(1));
        assertThat(harness.state(run).machine()).isEqualTo(MachinePreset.LARGE_1X);
        harness.advance(Duration.ofSeconds(2));
        harness.startNext();
        harness.advance(harness.config().executionTimeout().plusMillis(1));
        assertThat(harness.state(run).status()).isEqualTo(RunStatus.CRASHED);
    }

    private int count(String sql) {
        return harness.sql().sql(sql).query(Integer.class).single();
    }
}
