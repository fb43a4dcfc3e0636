package dev.runyard.engine.waitpoint;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.id.WaitpointId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run that wants to wait for what it triggers.
///
/// @param run the run
/// @param snapshot the version that it knows; absent where it does not carry one
public record WaitingParent(RunId run, @Nullable SnapshotId snapshot) {
    public static WaitingParent of(RunId run) {
        return new WaitingParent(run, null);
    }

    /// Asks to wait for one thing.
    public BlockRequest request(EnvironmentId environment, WaitpointId waitpoint) {
        return new BlockRequest(environment, run, snapshot, List.of(waitpoint), null);
    }
}
