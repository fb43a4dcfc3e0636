package dev.runyard.runner.attempt;

import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.worker.CompleteAttemptResponse;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.protocol.worker.StartAttemptResponse;
import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.runner.lease.Interruption;
import dev.runyard.runner.lease.RunWatch;
import dev.runyard.runner.workload.PersistentCalls;
import dev.runyard.runner.workload.WorkloadException;
import dev.runyard.sdk.internal.AttemptContext;
import dev.runyard.sdk.internal.CurrentRun;
import dev.runyard.sdk.internal.Pacer;
import dev.runyard.sdk.internal.Surroundings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Executes a run's attempts, one after the other, for as long as they stay with this process. */
public final class ExecuteRun {
    private static final Duration FLUSH = Duration.ofSeconds(5);

    private final PersistentCalls calls;
    private final RunWatch watch;
    private final RunLog log;
    private final InstantSource clock;
    private final Place place;
    private final ExecuteAttempt executeAttempt;
    private boolean reusable;

    /**
     * @param calls reaches the supervisor
     * @param watch knows whether the run is still this process's
     * @param log takes the task's lines
     * @param clock tells the time
     * @param place where its code runs
     */
    public ExecuteRun(PersistentCalls calls, RunWatch watch, RunLog log, InstantSource clock, Place place) {
        this.calls = calls;
        this.watch = watch;
        this.log = log;
        this.clock = clock;
        this.place = place;
        this.executeAttempt = new ExecuteAttempt(place, watch.interruption(), clock);
    }

    /**
     * Tells whether the process may execute another run: it reported the end of this one, and none of the task's code that
     * was to stop still runs.
     */
    public boolean isProcessReusable() {
        return reusable;
    }

    /** Executes the run and returns how the process ends. */
    public ExitCode execute() throws InterruptedException {
        SnapshotId snapshot = watch.snapshot();
        boolean first = true;
        while (true) {
            StartAttemptResponse started;
            try {
                started = calls.start(snapshot);
            } catch (WorkloadException e) {
                return notStarted(e);
            }
            watch.follow(started.snapshot().id(), started.execution().attempt().number());
            if (first) {
                watch.begin();
                first = false;
            }
            Step step = executeAndReport(started);
            if (step instanceof Step.Exit exit) {
                return exit.code();
            }
            snapshot = watch.snapshot();
        }
    }

    private Step executeAndReport(StartAttemptResponse started) throws InterruptedException {
        TaskRunExecution execution = started.execution();
        CurrentRun current = new CurrentRun(execution.run().id().toString(), started.envVars());
        place.announce().accept(current);
        log.begin(execution, started.envVars().get("TRIGGER_JWT"));
        Surroundings around =
                new Surroundings(log.logger(), current::lookUp, place.server(), clock, Pacer.SLEEPING, log.spans());
        AttemptContext context = new AttemptContext(execution, around);
        AttemptEnd end;
        try (FlushMetadata flushing = FlushMetadata.of(context.metadata())) {
            end = executeAttempt.execute(execution, context);
        }
        log.flush(FLUSH);
        return switch (end) {
            case AttemptEnd.Leave leave -> {
                log.note("Stopped without a report: " + reason());
                yield new Step.Exit(leave.code());
            }
            case AttemptEnd.Report report -> report(execution, report);
        };
    }

    private Step report(TaskRunExecution execution, AttemptEnd.Report report) throws InterruptedException {
        watch.pause();
        CompleteAttemptResponse response;
        try {
            response = calls.complete(watch.snapshot(), report.completion(), watch::isGone);
        } catch (WorkloadException e) {
            return notTaken(e);
        }
        CompleteAttemptResponse.Result result = response.result();
        return switch (result.attemptStatus()) {
            case RUN_FINISHED, RETRY_QUEUED -> {
                reusable = report.mayContinue() && !watch.interruption().isDone();
                yield new Step.Exit(ExitCode.DONE);
            }
            case RUN_PENDING_CANCEL -> new Step.Exit(ExitCode.DONE);
            case RETRY_IMMEDIATELY -> {
                if (!report.mayContinue()) {
                    yield new Step.Exit(ExitCode.FAILED);
                }
                watch.follow(result.snapshot().id(), execution.attempt().number());
                yield awaitRetry(execution, report.completion());
            }
        };
    }

    private Step awaitRetry(TaskRunExecution execution, Completion completion) throws InterruptedException {
        Completion.Retry retry = completion.retry();
        long due = retry == null ? clock.millis() : retry.timestamp();
        Optional<Interruption> interruption = awaitInterruption(Math.max(0, due - clock.millis()));
        if (interruption.isEmpty()) {
            watch.pause();
            return new Step.Next();
        }
        return switch (interruption.get()) {
            case TAKEN_AWAY -> new Step.Exit(ExitCode.DONE);
            case LEASE_LOST -> new Step.Exit(ExitCode.LEASE_LOST);
            case TERMINATED -> new Step.Exit(ExitCode.TERMINATED);
            case CANCEL_REQUESTED ->
                report(execution, new AttemptEnd.Report(ExecuteAttempt.canceledBetweenAttempts(execution), true));
        };
    }

    private Optional<Interruption> awaitInterruption(long millis) throws InterruptedException {
        try {
            return Optional.of(watch.interruption().get(millis, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // this future never fails
        }
    }

    /** A call is refused where the run moved on, which is no fault; any other refusal must not go unnoticed. */
    private ExitCode notStarted(WorkloadException e) {
        boolean gone = watch.isGone();
        log.note("The attempt was not started: " + e.getMessage());
        return gone ? ExitCode.DONE : ExitCode.FAILED;
    }

    private Step notTaken(WorkloadException e) {
        boolean gone = watch.isGone();
        log.note((gone ? "The run moved on without this process: " : "The result could not be reported: ")
                + e.getMessage());
        return new Step.Exit(gone ? ExitCode.DONE : ExitCode.FAILED);
    }

    private String reason() {
        Interruption interruption = watch.interruption().getNow(Interruption.TERMINATED);
        return interruption.sentence();
    }

    /** What follows an attempt. */
    private sealed interface Step {
        record Next() implements Step {}

        record Exit(ExitCode code) implements Step {}
    }
}
