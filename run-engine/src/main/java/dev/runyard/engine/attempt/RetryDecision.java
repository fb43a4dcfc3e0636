package dev.runyard.engine.attempt;

import dev.runyard.engine.EngineConfig;
import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What follows a failed attempt. Decided purely from the run's fixed settings, the error and what the worker reported.
sealed interface RetryDecision {
    /// The run ends.
    ///
    /// @param status how
    record GiveUp(RunStatus status) implements RetryDecision {}

    /// The same worker repeats the attempt.
    ///
    /// @param at not before
    record OnWorker(Instant at) implements RetryDecision {}

    /// The run goes back to its queue.
    ///
    /// @param at not before
    /// @param machine its size from now on
    record Queued(Instant at, @Nullable MachinePreset machine) implements RetryDecision {}

    /// Codes after which the worker is gone, so that it cannot repeat the attempt itself.
    Set<InternalErrorCode> WORKER_IS_GONE = EnumSet.of(
            InternalErrorCode.TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE,
            InternalErrorCode.TASK_PROCESS_SIGSEGV,
            InternalErrorCode.TASK_PROCESS_SIGTERM,
            InternalErrorCode.TASK_RUN_CRASHED,
            InternalErrorCode.TASK_EXECUTION_ABORTED,
            InternalErrorCode.GRACEFUL_EXIT_TIMEOUT,
            InternalErrorCode.POD_EVICTED,
            InternalErrorCode.POD_UNKNOWN_ERROR);

    /// Decides.
    ///
    /// @param state the run while the attempt ran
    /// @param error why the attempt failed
    /// @param reported when the worker wants to try again, absent where it does not
    static RetryDecision decide(
            RunState state, TaskRunError error, Completion.@Nullable Retry reported, Context context) {
        InternalErrorCode code = error instanceof TaskRunError.Internal internal ? internal.code() : null;
        RunStatus failed = code == null ? RunStatus.COMPLETED_WITH_ERRORS : code.runStatus();
        Integer maxAttempts = state.maxAttempts();
        boolean mayRepeat = maxAttempts != null
                && state.attempt() < Math.min(maxAttempts, context.config().maxAttempts());
        if (!mayRepeat || (code != null && code.retry() == InternalErrorCode.Retry.NEVER)) {
            return new GiveUp(failed);
        }
        if (code != null && code.retry() == InternalErrorCode.Retry.ON_LARGER_MACHINE) {
            return largerMachine(state)
                    .<RetryDecision>map(
                            machine -> new Queued(context.now().plus(configuredDelay(state, context)), machine))
                    .orElse(new GiveUp(failed));
        }
        if (reported != null) {
            return afterReported(state, code, Duration.ofMillis(Math.max(0, reported.delay())), context);
        }
        return code != null && code.retry() == InternalErrorCode.Retry.AS_CONFIGURED
                ? new Queued(context.now().plus(configuredDelay(state, context)), state.machine())
                : new GiveUp(failed);
    }

    /// What a decision needs besides the run.
    ///
    /// @param config settings
    /// @param now the time
    /// @param random source of jitter
    record Context(EngineConfig config, Instant now, RandomGenerator random) {}

    private static RetryDecision afterReported(
            RunState state, @Nullable InternalErrorCode code, Duration delay, Context context) {
        Instant at = context.now().plus(delay);
        boolean gone = code != null && WORKER_IS_GONE.contains(code);
        // A run that waits gave its slot back; only the queue gives it another.
        return gone || !state.slotHeld() || delay.compareTo(context.config().warmRetryThreshold()) >= 0
                ? new Queued(at, state.machine())
                : new OnWorker(at);
    }

    private static Duration configuredDelay(RunState state, Context context) {
        RetryOptions options = state.retry() == null ? RetryOptions.DEFAULT : state.retry();
        RetryOptions unbounded = new RetryOptions(
                Integer.MAX_VALUE,
                options.factor(),
                options.minTimeoutInMs(),
                options.maxTimeoutInMs(),
                options.randomize(),
                options.outOfMemory());
        return unbounded
                .delayAfter(Math.max(1, state.attempt()), context.random())
                .orElse(Duration.ZERO);
    }

    private static Optional<MachinePreset> largerMachine(RunState state) {
        return Optional.ofNullable(state.retry())
                .map(RetryOptions::outOfMemory)
                .map(RetryOptions.OutOfMemory::machine)
                .flatMap(MachinePreset::find)
                .filter(machine -> machine != state.machine());
    }
}
