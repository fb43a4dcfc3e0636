package dev.runyard.webapp.testing;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.claim.ClaimRequest;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import java.time.Duration;

/// Makes runs that fail.
public final class FailedRuns {
    private static final int TRIES = 100;

    private FailedRuns() {}

    /// Triggers a run of a deployed task, and plays the worker on which its only attempt fails.
    public static RunId fail(RunEngine engine, EnvironmentId environment, String task, TaskRunError error) {
        var outcome = engine.trigger(
                TriggerCommand.of(environment, task).maxAttempts(1).build());
        RunId run = ((TriggerOutcome.Accepted) outcome).runId();
        ClaimRequest request = new ClaimRequest("main", "failing-worker", 50, Duration.ofSeconds(2));
        for (int i = 0; i < TRIES; i++) {
            for (ClaimedRun claimed : engine.claim(request)) {
                if (claimed.state().runId().equals(run)) {
                    engine.start(run, claimed.state().snapshotId(), "runner");
                    engine.complete(
                            run,
                            engine.state(run).orElseThrow().snapshotId(),
                            Completion.failure(run.toString(), error, null, 1));
                    return run;
                }
            }
        }
        throw new AssertionError("run " + run + " was not handed out");
    }
}
