package dev.runyard.runner.attempt;

import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.runner.lease.Interruption;
import dev.runyard.runner.wait.OneWaitAtATime;
import dev.runyard.sdk.internal.AttemptContext;
import dev.runyard.sdk.internal.AttemptOutcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Lets the task's code run until it ends, must stop, or used up its time. */
final class ExecuteAttempt {
    /** What a canceled task has for its hooks. */
    static final Duration CANCEL_GRACE = Duration.ofSeconds(5);

    /** What a task that was too long has to close what it opened. */
    static final Duration MAX_DURATION_GRACE = Duration.ofSeconds(2);

    /** A clock that stands still must not be read without a pause. */
    private static final long LEAST_LOOK_MS = 100;

    /** What a task has whose run is another's: the lease keeps ten seconds in reserve. */
    static final Duration LOST_GRACE = Duration.ofSeconds(3);

    private final Place place;
    private final CompletableFuture<Interruption> interruption;
    private final InstantSource clock;
    private final OneWaitAtATime waits;

    ExecuteAttempt(Place place, CompletableFuture<Interruption> interruption, InstantSource clock) {
        this.place = place;
        this.interruption = interruption;
        this.clock = clock;
        this.waits = place.waits();
    }

    AttemptEnd execute(TaskRunExecution execution, AttemptContext context) throws InterruptedException {
        AttemptThread thread = new AttemptThread(execution, context, place.tasks(), place.threads());
        waits.beginAttempt();
        Attempt attempt = new Attempt(execution, thread, System.nanoTime(), waits);
        thread.start();
        boolean inTime = await(attempt, execution.run().maxDuration());
        Interruption reason = interruption.getNow(null);
        if (reason == Interruption.CANCEL_REQUESTED) {
            return canceled(attempt);
        }
        if (reason == Interruption.TAKEN_AWAY) {
            return lost(thread, reason, ExitCode.DONE);
        }
        if (thread.outcome().isDone()) {
            return ended(attempt, thread.outcome().join());
        }
        if (reason == Interruption.LEASE_LOST) {
            return lost(thread, reason, ExitCode.LEASE_LOST);
        }
        if (reason == Interruption.TERMINATED || inTime) {
            return lost(thread, Interruption.TERMINATED, ExitCode.TERMINATED);
        }
        return tooLong(attempt);
    }

    /** Builds the report of a run that was canceled while none of its attempts was executing. */
    static Completion canceledBetweenAttempts(TaskRunExecution execution) {
        return failure(execution, InternalErrorCode.TASK_RUN_CANCELLED, "The run was canceled.", 0);
    }

    /** Returns false where the time was over first, which does not pass while the run waits. */
    private boolean await(Attempt attempt, @Nullable Integer maxSeconds) throws InterruptedException {
        CompletableFuture<Object> first =
                CompletableFuture.anyOf(attempt.thread().outcome(), interruption);
        while (true) {
            try {
                if (maxSeconds == null) {
                    first.get();
                } else {
                    long left = maxSeconds * 1_000L - attempt.elapsedMs();
                    first.get(Math.max(LEAST_LOOK_MS, left), TimeUnit.MILLISECONDS);
                }
                return true;
            } catch (TimeoutException e) {
                if (maxSeconds == null || attempt.elapsedMs() >= maxSeconds * 1_000L) {
                    return false;
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException(e); // neither future ever fails
            }
        }
    }

    private AttemptEnd canceled(Attempt attempt) throws InterruptedException {
        boolean ended = attempt.thread().cancel(Interruption.CANCEL_REQUESTED.sentence(), CANCEL_GRACE);
        String message = ended
                ? "The run was canceled."
                : "The run was canceled. Its task did not stop within 5 seconds, so its process was ended.";
        return new AttemptEnd.Report(
                failure(attempt.execution(), InternalErrorCode.TASK_RUN_CANCELLED, message, attempt.elapsedMs()),
                ended);
    }

    private AttemptEnd tooLong(Attempt attempt) throws InterruptedException {
        Integer seconds = attempt.execution().run().maxDuration();
        String sentence = "The run exceeded its maximum duration of %d seconds.".formatted(seconds);
        boolean ended = attempt.thread().stop(sentence, MAX_DURATION_GRACE);
        String message = ended ? sentence : sentence + " Its task did not stop, so its process was ended.";
        return new AttemptEnd.Report(
                failure(attempt.execution(), InternalErrorCode.MAX_DURATION_EXCEEDED, message, attempt.elapsedMs()),
                ended);
    }

    private static AttemptEnd lost(AttemptThread thread, Interruption reason, ExitCode code)
            throws InterruptedException {
        thread.stop(reason.sentence(), LOST_GRACE);
        return new AttemptEnd.Leave(code);
    }

    private AttemptEnd ended(Attempt attempt, AttemptOutcome outcome) {
        TaskRunExecution execution = attempt.execution();
        String id = execution.run().id().toString();
        Completion.Usage usage = new Completion.Usage(attempt.elapsedMs());
        String task = execution.task().id();
        return switch (outcome) {
            case AttemptOutcome.Succeeded success ->
                new AttemptEnd.Report(
                        new Completion(true, id, success.output(), "application/json", null, null, null, usage, task),
                        true);
            case AttemptOutcome.Failed failed ->
                new AttemptEnd.Report(
                        new Completion(
                                false,
                                id,
                                null,
                                null,
                                failed.error(),
                                retry(failed.retryIn()),
                                failed.aborted() ? Boolean.TRUE : null,
                                usage,
                                task),
                        true);
        };
    }

    private Completion.@Nullable Retry retry(@Nullable Duration delay) {
        return delay == null ? null : new Completion.Retry(clock.millis() + delay.toMillis(), delay.toMillis());
    }

    private static Completion failure(
            TaskRunExecution execution, InternalErrorCode code, String message, long elapsedMs) {
        return new Completion(
                false,
                execution.run().id().toString(),
                null,
                null,
                TaskRunError.Internal.of(code, message),
                null,
                null,
                new Completion.Usage(elapsedMs),
                execution.task().id());
    }

    /**
     * @param execution what was executed
     * @param thread where
     * @param begin since when
     * @param waits how long of it the run waited
     */
    private record Attempt(TaskRunExecution execution, AttemptThread thread, long begin, OneWaitAtATime waits) {
        long elapsedMs() {
            return Math.max(0, System.nanoTime() - begin - waits.waitedNanos()) / 1_000_000;
        }
    }
}
