package dev.runyard.engine.waitpoint;

import dev.runyard.engine.run.RunCheckpoint;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.id.WaitpointId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Waiting, as callers of the engine see it: each method delegates to the use case of the same name. Thread-safe.
public final class Waits {
    private final WaitParts parts;

    Waits(WaitParts parts) {
        this.parts = parts;
    }

    /// Makes a date or a token that runs can wait for, or finds the one that the key leads to.
    public CreateOutcome create(NewWaitpoint request) {
        return parts.create().create(request);
    }

    /// Returns the waitpoint of an existing run; empty where there is no such run in the environment.
    public Optional<WaitpointId> awaitRun(EnvironmentId environment, RunId run) {
        return parts.awaitRun().await(environment, run);
    }

    /// Completes a token; the first output wins.
    public CompleteOutcome complete(EnvironmentId environment, WaitpointId id, WaitpointOutput output) {
        return parts.completeToken().complete(environment, id, output);
    }

    /// Lets an executing run wait.
    public BlockOutcome block(BlockRequest request) {
        return parts.block().block(request);
    }

    /// Takes the image of a waiting run's process, which then may end.
    ///
    /// @param snapshot the version that the caller knows
    public SuspendOutcome suspend(RunId run, SnapshotId snapshot, RunCheckpoint checkpoint) {
        return parts.suspend().suspend(run, snapshot, checkpoint);
    }

    /// Lets a restored process go on with its attempt.
    ///
    /// @param runner name of the runner; a repeated call of the same runner gets the same answer
    public ContinueOutcome continueRun(RunId run, SnapshotId snapshot, @Nullable String runner) {
        return parts.goOn().goOn(run, snapshot, runner);
    }

    /// Returns the read models.
    public WaitpointQueries queries() {
        return parts.queries();
    }
}
