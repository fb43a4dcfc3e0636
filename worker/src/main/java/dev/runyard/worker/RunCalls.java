package dev.runyard.worker;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.worker.CompleteAttemptResponse;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.protocol.worker.StartAttemptResponse;
import dev.runyard.runner.workload.WorkloadCalls;
import dev.runyard.runner.workload.WorkloadException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The calls for one run: news come from the shared feed where that has them. */
final class RunCalls implements WorkloadCalls {
    private final RunId run;
    private final WorkloadCalls server;
    private final WaitFeed feed;
    private final WorkerListener listener;

    RunCalls(RunId run, WorkloadCalls server, WaitFeed feed, WorkerListener listener) {
        this.run = run;
        this.server = server;
        this.feed = feed;
        this.listener = listener;
    }

    @Override
    public StartAttemptResponse start(SnapshotId snapshot) throws WorkloadException, InterruptedException {
        return server.start(snapshot);
    }

    @Override
    public CompleteAttemptResponse complete(SnapshotId snapshot, Completion completion)
            throws WorkloadException, InterruptedException {
        CompleteAttemptResponse answer = server.complete(snapshot, completion);
        Completion.Usage usage = completion.usage();
        String task = completion.taskIdentifier();
        listener.attemptEnded(
                task == null ? "" : task,
                run.toString(),
                completion.ok(),
                Duration.ofMillis(usage == null ? 0 : usage.durationMs()));
        return answer;
    }

    @Override
    public void heartbeat(SnapshotId snapshot) throws WorkloadException, InterruptedException {
        server.heartbeat(snapshot);
    }

    @Override
    public List<RunExecutionData> since(SnapshotId snapshot) throws WorkloadException, InterruptedException {
        Optional<List<RunExecutionData>> known = feed.since(run, snapshot);
        return known.isPresent() ? known.get() : server.since(snapshot);
    }
}
