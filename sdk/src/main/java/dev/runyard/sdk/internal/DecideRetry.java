package dev.runyard.sdk.internal;

import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.sdk.AbortTaskRunException;
import dev.runyard.sdk.ConcurrentWaitException;
import dev.runyard.sdk.OnError;
import dev.runyard.sdk.ProjectConfig;
import dev.runyard.sdk.Retry;
import dev.runyard.sdk.TaskOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Decides what follows an attempt that failed. */
final class DecideRetry {
    private static final String DEVELOPMENT = "DEVELOPMENT";

    private final TaskOptions options;
    private final ProjectConfig project;
    private final TaskRunExecution execution;
    private final RandomGenerator random;
    private final InstantSource now;

    DecideRetry(TaskOptions options, ProjectConfig project, TaskRunExecution execution, Chance chance) {
        this.options = options;
        this.project = project;
        this.execution = execution;
        this.random = chance.random();
        this.now = chance.now();
    }

    /**
     * @param random source of jitter
     * @param now tells the time
     */
    record Chance(RandomGenerator random, InstantSource now) {}

    AttemptOutcome.Failed after(Throwable error, AttemptHooks hooks) {
        if (error instanceof OutOfMemoryError) {
            String message = "The task ran out of memory: " + StackText.message(error);
            return internal(InternalErrorCode.TASK_PROCESS_OOM_KILLED, message, error);
        }
        if (error instanceof ConcurrentWaitException) {
            return internal(InternalErrorCode.TASK_DID_CONCURRENT_WAIT, StackText.message(error), error);
        }
        if (error instanceof AbortTaskRunException) {
            return aborted(error);
        }
        OnError decision;
        try {
            decision = hooks.decide(error);
        } catch (AbortTaskRunException e) {
            return aborted(e);
        } catch (Throwable e) { // a decision that fails must not be taken for one
            return internal(
                    InternalErrorCode.HANDLE_ERROR_ERROR, "The catchError hook failed: " + StackText.message(e), e);
        }
        return new AttemptOutcome.Failed(StackText.toError(error), delay(decision), decision instanceof OnError.GiveUp);
    }

    private static AttemptOutcome.Failed aborted(Throwable error) {
        return new AttemptOutcome.Failed(StackText.toError(error), null, true);
    }

    private static AttemptOutcome.Failed internal(InternalErrorCode code, String message, Throwable error) {
        return new AttemptOutcome.Failed(new TaskRunError.Internal(code, message, StackText.of(error)), null, false);
    }

    private @Nullable Duration delay(OnError decision) {
        Optional<Duration> usual = retry().delayAfter(execution.attempt().number(), random);
        boolean development = execution.environment().type().equals(DEVELOPMENT);
        if (usual.isEmpty() || (development && !project.retriesInDevelopment())) {
            return null;
        }
        return switch (decision) {
            case OnError.AsUsual usually -> usual.get();
            case OnError.RetryIn soon -> soon.delay();
            case OnError.RetryAt then -> atLeastNothing(Duration.between(now.instant(), then.moment()));
            case OnError.GiveUp never -> null;
        };
    }

    private static Duration atLeastNothing(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private RetryOptions retry() {
        Retry own = options.retry();
        Retry shared = project.defaultRetry();
        RetryOptions retry = (own != null ? own : shared != null ? shared : Retry.DEFAULT).toWire();
        Integer wanted = execution.run().maxAttempts();
        return wanted == null
                ? retry
                : new RetryOptions(
                        wanted,
                        retry.factor(),
                        retry.minTimeoutInMs(),
                        retry.maxTimeoutInMs(),
                        retry.randomize(),
                        retry.outOfMemory());
    }
}
