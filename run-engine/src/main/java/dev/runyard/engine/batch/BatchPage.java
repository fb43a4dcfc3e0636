package dev.runyard.engine.batch;

import dev.runyard.protocol.id.BatchId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some batches of a list, newest first.
///
/// @param batches the batches
/// @param next where the next page begins, absent at the end
public record BatchPage(List<BatchView> batches, @Nullable BatchId next) {
    public BatchPage {
        batches = List.copyOf(batches);
    }
}
