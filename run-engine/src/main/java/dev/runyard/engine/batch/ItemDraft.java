package dev.runyard.engine.batch;

import dev.runyard.engine.trigger.PreparedItem;
import dev.runyard.protocol.id.RunId;
import org.jspecify.annotations.Nullable;

/// An item of which is decided what it becomes: a run, a run that failed in advance, or only an error.
///
/// @param item the item
/// @param prepared its run, absent where it cannot be triggered
/// @param error why it cannot
/// @param runId the run that it becomes either way, absent where it becomes none
/// @param workerQueue where its run would have waited
record ItemDraft(
        BatchItem item,
        @Nullable PreparedItem prepared,
        @Nullable ItemError error,
        @Nullable RunId runId,
        String workerQueue) {

    int index() {
        return item.index();
    }

    boolean failsInAdvance() {
        return error != null && runId != null;
    }

    BatchItemRepository.Row row() {
        return new BatchItemRepository.Row(index(), item.command().taskId(), runId, error);
    }

    /// The same item, where it turned out that the database does not take it.
    ItemDraft unstorable(String message) {
        ItemError cause = new ItemError(ItemError.Code.UNEXPECTED_ERROR, message);
        return new ItemDraft(item, null, cause, null, workerQueue);
    }
}
