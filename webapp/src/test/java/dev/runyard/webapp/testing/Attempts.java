package dev.runyard.webapp.testing;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.worker.CompleteAttemptRequest;
import dev.runyard.protocol.worker.CompleteAttemptResponse;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.protocol.worker.DequeueRequest;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.protocol.worker.RunChangesRequest;
import dev.runyard.protocol.worker.RunChangesResponse;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.protocol.worker.StartAttemptResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Plays a supervisor and its runner: starts attempts of runs and ends them. Takes every run that is queued, also those
/// of other tests.
public final class Attempts {
    private static final String ROOT = "/engine/v1/worker-actions";
    private static final int TRIES = 50;

    private final Http worker;
    private final Map<RunId, SnapshotId> handedOut = new HashMap<>();

    /// @param worker calls as a supervisor
    public Attempts(Http worker) {
        this.worker = worker;
    }

    /// Starts an attempt of a queued run.
    public SnapshotId start(RunId run) {
        for (int i = 0; i < TRIES && !handedOut.containsKey(run); i++) {
            for (DequeuedMessage message : worker.post(ROOT + "/dequeue", new DequeueRequest(null, 50, 2_000L))
                    .as(DequeuedMessage[].class)) {
                handedOut.put(message.run().friendlyId(), message.snapshot().friendlyId());
            }
        }
        SnapshotId claimed = handedOut.remove(run);
        if (claimed == null) {
            throw new AssertionError("run " + run + " was not handed out");
        }
        return worker.post(path(run, claimed) + "/attempts/start", Map.of())
                .as(StartAttemptResponse.class)
                .snapshot()
                .friendlyId();
    }

    /// Ends an attempt.
    public void complete(RunId run, SnapshotId snapshot, Completion completion) {
        worker.post(path(run, snapshot) + "/attempts/complete", new CompleteAttemptRequest(completion))
                .as(CompleteAttemptResponse.class);
    }

    /// Starts a run and ends it with an output.
    public void succeed(RunId run, String output) {
        complete(run, start(run), Completion.success(run.toString(), output, "application/json", 5));
    }

    /// Watches a run until a version of it is as wanted.
    public RunExecutionData await(RunId run, SnapshotId known, Predicate<RunExecutionData> wanted) {
        SnapshotId seen = known;
        for (int i = 0; i < TRIES; i++) {
            RunChangesResponse changes = worker.post(
                            ROOT + "/runs/changes",
                            new RunChangesRequest(List.of(new RunChangesRequest.Watched(run, seen)), 2_000L))
                    .as(RunChangesResponse.class);
            for (RunExecutionData change : changes.changes()) {
                if (wanted.test(change)) {
                    return change;
                }
                seen = change.snapshot().friendlyId();
            }
        }
        throw new AssertionError("run " + run + " did not become what is awaited");
    }

    private static String path(RunId run, SnapshotId snapshot) {
        return ROOT + "/runs/" + run + "/snapshots/" + snapshot;
    }
}
