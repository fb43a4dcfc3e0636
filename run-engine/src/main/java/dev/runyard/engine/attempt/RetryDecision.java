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

    /// Why an attempt failed, as its worker says.
    ///
    /// @param error the cause
    /// @param retry when the worker wants to try again, absent where it does not
    /// @param skipsRetries whether the task's code asked for the end of the run
    record Failure(TaskRunError error, Completion.@Nullable Retry retry, boolean skipsRetries) {
        static Failure of(TaskRunError error, Completion completion) {
            return new Failure(error, completion.retry(), Boolean.TRUE.equals(completion.skippedRetrying()));
        }

        /// A failure that nobody reported, such as a missed lease.
        static Failure found(TaskRunError error) {
            return new Failure(error, null, false);
        }

        @Nullable
        InternalErrorCode code() {
            return error instanceof TaskRunError.Internal internal ? internal.code() : null;
        }
    }

    /// What a decision needs besides the run.
    ///
    /// @param config settings
    /// @param now the time
    /// @param random source of jitter
    record Context(EngineConfig config, Instant now, RandomGenerator random) {}

    /// Decides.
    ///
    /// @param state the run while the attempt ran
    static RetryDecision decide(RunState state, Failure failure, Context context) {
        InternalErrorCode code = failure.code();
        GiveUp end = new GiveUp(code == null ? RunStatus.COMPLETED_WITH_ERRORS : code.runStatus());
        if (failure.skipsRetries() || !hasAttemptsLeft(state, context.config())) {
            return end;
        }
        if (OutOfMemory.caused(failure.error())) {
            return largerMachine(state)
                    .<RetryDecision>map(
                            machine -> new Queued(context.now().plus(configuredDelay(state, context)), machine))
                    .orElse(end);
        }
        if (code != null && code.retry() == InternalErrorCode.Retry.NEVER) {
            return end;
        }
        if (failure.retry() != null) {
            return afterReported(state, code, failure.retry(), context);
        }
        return code != null && code.retry() == InternalErrorCode.Retry.AS_CONFIGURED
                ? new Queued(context.now().plus(configuredDelay(state, context)), state.machine())
                : end;
    }

    /// Tells whether another attempt may follow. A run that was never handed out has no number of attempts yet.
    static boolean hasAttemptsLeft(RunState state, EngineConfig config) {
        Integer maxAttempts = state.maxAttempts();
        return maxAttempts != null && state.attempt() < Math.min(maxAttempts, config.maxAttempts());
    }

    /// Returns the machine that the task names for runs that ran out of memory, unless the run is on it already.
    static Optional<MachinePreset> largerMachine(RunState state) {
        return Optional.ofNullable(state.retry())
                .map(RetryOptions::outOfMemory)
                .map(RetryOptions.OutOfMemory::machine)
                .flatMap(MachinePreset::find)
                .filter(machine -> machine != state.machine());
    }

    private static RetryDecision afterReported(
            RunState state, @Nullable InternalErrorCode code, Completion.Retry reported, Context context) {
        Instant at = reportedTime(reported, context.now());
        boolean gone = code != null && WORKER_IS_GONE.contains(code);
        boolean far =
                Duration.between(context.now(), at).compareTo(context.config().warmRetryThreshold()) >= 0;
        // A run that waits gave its slot back; only the queue gives it another.
        return gone || far || !state.slotHeld() ? new Queued(at, state.machine()) : new OnWorker(at);
    }

    /// The instant counts, for a task may have asked for one, and a report can be late; without one, the delay does.
    private static Instant reportedTime(Completion.Retry reported, Instant now) {
        Instant at = reported.timestamp() > 0
                ? Instant.ofEpochMilli(reported.timestamp())
                : now.plusMillis(Math.max(0, reported.delay()));
        return at.isBefore(now) ? now : at;
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
}
