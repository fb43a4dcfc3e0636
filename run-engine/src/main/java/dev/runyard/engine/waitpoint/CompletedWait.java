package dev.runyard.engine.waitpoint;

import dev.runyard.protocol.id.BatchId;
import org.jspecify.annotations.Nullable;

/// An output that belongs to a version of a run which waited.
///
/// @param waitpoint what it waited for, completed
/// @param index place in the batch, absent where it is not an item of one
/// @param batchId the batch whose item it is
public record CompletedWait(
        Waitpoint waitpoint,
        @Nullable Integer index,
        @Nullable BatchId batchId) {}
