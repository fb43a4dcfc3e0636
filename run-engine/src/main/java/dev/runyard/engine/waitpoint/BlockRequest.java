package dev.runyard.engine.waitpoint;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.id.WaitpointId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run wants to wait.
///
/// @param environmentId where run and waitpoints belong
/// @param runId the run
/// @param snapshot the version that the caller knows; absent where it does not carry one
/// @param waitpoints for what, all of them
/// @param timeoutAt when tokens among them time out, unless they do earlier
public record BlockRequest(
        EnvironmentId environmentId,
        RunId runId,
        @Nullable SnapshotId snapshot,
        List<WaitpointId> waitpoints,
        @Nullable Instant timeoutAt) {

    public BlockRequest {
        waitpoints = List.copyOf(waitpoints);
    }

    public static BlockRequest of(EnvironmentId environment, RunId run, WaitpointId... waitpoints) {
        return new BlockRequest(environment, run, null, List.of(waitpoints), null);
    }
}
