package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static dev.runyard.protocol.run.InternalErrorCode.*;
import static dev.runyard.protocol.run.RunStatus.CANCELED;
import static dev.runyard.protocol.run.RunStatus.COMPLETED_WITH_ERRORS;
import static dev.runyard.protocol.run.RunStatus.CRASHED;
import static dev.runyard.protocol.run.RunStatus.SYSTEM_FAILURE;
import static dev.runyard.protocol.run.RunStatus.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.attempt.CompleteOutcome;
import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.CompleteAttemptResponse.AttemptStatus;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every code of the platform leads to. The sets are written down from the specification, not from the code.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorCodesTest {
    private static final Set<InternalErrorCode> ENDS_WITH_ERRORS = EnumSet.of(
            RECURSIVE_WAIT_DEADLOCK,
            TASK_INPUT_ERROR,
            TASK_OUTPUT_ERROR,
            TASK_MIDDLEWARE_ERROR,
            TASK_RUN_UNCAUGHT_EXCEPTION,
            TASK_RUN_STALLED_EXECUTING,
            TASK_RUN_STALLED_EXECUTING_WITH_WAITPOINTS);
    private static final Set<InternalErrorCode> CRASHES = EnumSet.of(
            TASK_PROCESS_OOM_KILLED,
            TASK_PROCESS_MAYBE_OOM_KILLED,
            TASK_PROCESS_SIGSEGV,
            DISK_SPACE_EXCEEDED,
            OUTDATED_SDK_VERSION,
            HANDLE_ERROR_ERROR,
            TASK_RUN_CRASHED,
            TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE);
    private static final Set<InternalErrorCode> REPEATED_WHEN_ASKED = EnumSet.of(
            TASK_RUN_STALLED_EXECUTING,
            TASK_RUN_STALLED_EXECUTING_WITH_WAITPOINTS,
            GRACEFUL_EXIT_TIMEOUT,
            HANDLE_ERROR_ERROR,
            TASK_INPUT_ERROR,
            TASK_OUTPUT_ERROR,
            TASK_MIDDLEWARE_ERROR,
            POD_EVICTED,
            POD_UNKNOWN_ERROR,
            TASK_EXECUTION_ABORTED,
            TASK_EXECUTION_FAILED,
            TASK_RUN_CRASHED,
            TASK_RUN_UNCAUGHT_EXCEPTION,
            TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE,
            TASK_PROCESS_SIGTERM,
            TASK_PROCESS_SIGSEGV);
    private static final Set<InternalErrorCode> REPEATED_UNASKED = EnumSet.of(
            TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE,
            TASK_PROCESS_SIGTERM,
            TASK_PROCESS_SIGSEGV,
            TASK_RUN_UNCAUGHT_EXCEPTION,
            TASK_MIDDLEWARE_ERROR);
    private static final Set<InternalErrorCode> NO_WORKER_LEFT = EnumSet.of(
            TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE,
            TASK_PROCESS_SIGSEGV,
            TASK_PROCESS_SIGTERM,
            TASK_RUN_CRASHED,
            TASK_EXECUTION_ABORTED,
            GRACEFUL_EXIT_TIMEOUT,
            POD_EVICTED,
            POD_UNKNOWN_ERROR);
    private static final Completion.Retry SOON = new Completion.Retry(0, 1_000);

    private EngineHarness harness;

    @BeforeAll
    void start() {
        harness = EngineHarness.create(TestRedis.shared().uri());
        harness.controlPlane.deploy(
                harness.environment,
                task("once", new RetryOptions(1, null, null, null, null, null)),
                task("thrice", new RetryOptions(3, 2.0, 1_000L, 60_000L, false, null)));
    }

    @AfterAll
    void stop() {
        harness.close();
    }

    private AttemptStatus fail(String task, InternalErrorCode code, Completion.@Nullable Retry retry) {
        harness.trigger(task);
        RunState started = harness.startNext();
        CompleteOutcome outcome = harness.fail(started, TaskRunError.Internal.of(code, "it said"), retry);
        RunState after = harness.state(started.runId());
        if (!after.isFinished()) {
            harness.engine.cancel(harness.environment, after.runId(), "shown");
            harness.advance(harness.config().cancelTimeout().plus(Duration.ofSeconds(1)));
        }
        return ((CompleteOutcome.Completed) outcome).status();
    }

    @ParameterizedTest
    @EnumSource
    void endsWithTheStatusOfItsCode(InternalErrorCode code) {
        harness.trigger("once");
        RunState started = harness.startNext();
        harness.fail(started, TaskRunError.Internal.of(code, "it said"), SOON);
        assertThat(harness.state(started.runId()).status()).isEqualTo(statusOf(code));
    }

    private static RunStatus statusOf(InternalErrorCode code) {
        if (ENDS_WITH_ERRORS.contains(code)) {
            return COMPLETED_WITH_ERRORS;
        }
        if (CRASHES.contains(code)) {
            return CRASHED;
        }
        return code == TASK_RUN_CANCELLED ? CANCELED : code == MAX_DURATION_EXCEEDED ? TIMED_OUT : SYSTEM_FAILURE;
    }

    @ParameterizedTest
    @EnumSource
    void repeatsWhatItsWorkerWantsRepeated(InternalErrorCode code) {
        AttemptStatus expected = !REPEATED_WHEN_ASKED.contains(code)
                ? AttemptStatus.RUN_FINISHED
                : NO_WORKER_LEFT.contains(code) ? AttemptStatus.RETRY_QUEUED : AttemptStatus.RETRY_IMMEDIATELY;
        assertThat(fail("thrice", code, SOON)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void repeatsUnaskedOnlyWhereTheProcessCouldNotAsk(InternalErrorCode code) {
        AttemptStatus expected =
                REPEATED_UNASKED.contains(code) ? AttemptStatus.RETRY_QUEUED : AttemptStatus.RUN_FINISHED;
        assertThat(fail("thrice", code, null)).isEqualTo(expected);
    }
}
