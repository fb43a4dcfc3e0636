package dev.runyard.engine.batch;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.RunStatus;
import org.jspecify.annotations.Nullable;

/// An item of a batch and what became of it.
///
/// @param index its place
/// @param taskId its task
/// @param runId its run, absent where it could not become one
/// @param status how the run is
/// @param isCached whether the run is of an earlier call
/// @param error why the item could not be triggered; its run, if any, failed in advance
public record BatchItemView(
        int index,
        String taskId,
        @Nullable RunId runId,
        @Nullable RunStatus status,
        boolean isCached,
        @Nullable ItemError error) {

    /// Tells whether the item could not become a run.
    public boolean isWithoutRun() {
        return runId == null;
    }
}
