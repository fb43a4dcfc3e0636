package dev.runyard.worker;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.CompletedWaitpoint;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.runner.attempt.ExecuteRun;
import dev.runyard.runner.attempt.ExitCode;
import dev.runyard.runner.attempt.Place;
import dev.runyard.runner.lease.Interruption;
import dev.runyard.runner.lease.RunWatch;
import dev.runyard.runner.thread.RunThreads;
import dev.runyard.runner.wait.OneWaitAtATime;
import dev.runyard.runner.workload.PersistentCalls;
import dev.runyard.runner.workload.WorkloadException;
import dev.runyard.sdk.client.RemoteRunServer;
import dev.runyard.sdk.internal.CurrentRun;
import dev.runyard.sdk.internal.Pacer;
import dev.runyard.sdk.internal.WaitGate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;

/** One run that this worker has, from its first attempt here to its last. */
final class HeldRun {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final WorkerApi api;
    private final WorkerOptions options;
    private final WaitFeed feed;
    private final Slots slots;
    private final RunId run;
    private final RunCalls calls;
    private final RunWatch watch;

    HeldRun(WorkerApi api, WorkerOptions options, WaitFeed feed, Slots slots, DequeuedMessage message) {
        this.api = api;
        this.options = options;
        this.feed = feed;
        this.slots = slots;
        this.run = message.run().friendlyId();
        this.calls = new RunCalls(run, api.calls(run), feed, options.listener());
        RunWatch.Settings settings = new RunWatch.Settings(
                message.snapshot().friendlyId(),
                options.heartbeatInterval(),
                LOOK,
                options.lease(),
                RunThreads.VIRTUAL);
        this.watch = new RunWatch(settings, calls, Pacer.SLEEPING, new RunWatch.Clocks(CLOCK, System::nanoTime));
    }

    /** Executes the run's attempts for as long as they stay here. */
    void execute(TaskSet tasks) throws InterruptedException {
        try (RunWatch watching = watch;
                WorkerLog log = new WorkerLog(api, options.listener(), CLOCK)) {
            OneWaitAtATime waits = new OneWaitAtATime(watching, Pacer.SLEEPING, System::nanoTime);
            RemoteRunServer server =
                    new RemoteRunServer(run.toString(), withoutSlot(waits), api.http(), options::client);
            Place place = new Place(server, waits, tasks.source(), RunThreads.VIRTUAL, CurrentRun::setOnThread);
            PersistentCalls persistent = new PersistentCalls(calls, Pacer.SLEEPING, System::nanoTime);
            ExitCode end = new ExecuteRun(persistent, watching, log, CLOCK, place).execute();
            if (end == ExitCode.TERMINATED) {
                reportShutdown();
            }
        }
    }

    /** Asks the run's code to stop, because the worker ends. */
    void stop() {
        watch.interrupt(Interruption.TERMINATED);
    }

    /** A run that waits leaves its slot to others, and is watched by the shared feed. */
    private WaitGate withoutSlot(WaitGate gate) {
        return (what, begin) -> {
            boolean[] waits = {false};
            try {
                return gate.await(what, () -> {
                    Predicate<CompletedWaitpoint> wanted = begin.get();
                    waits[0] = true;
                    slots.beginWait();
                    feed.enter(run, watch.snapshot());
                    return wanted;
                });
            } finally {
                if (waits[0]) {
                    feed.leave(run);
                    slots.endWait();
                }
            }
        };
    }

    /** The server need not wait for the lease to learn that nobody executes the run. */
    private void reportShutdown() throws InterruptedException {
        Completion completion = Completion.failure(
                run.toString(),
                TaskRunError.Internal.of(
                        InternalErrorCode.TASK_PROCESS_SIGTERM,
                        "The worker that executed the run was shut down before it ended."),
                null,
                0);
        try {
            calls.complete(watch.snapshot(), completion);
        } catch (WorkloadException e) {
            options.listener().problem(run + " could not be given back: " + e.getMessage());
        }
    }
}
