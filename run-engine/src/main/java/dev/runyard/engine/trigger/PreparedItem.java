package dev.runyard.engine.trigger;

import dev.runyard.protocol.id.RunId;

/// An item of a batch that only has to be written.
public final class PreparedItem {
    private final int index;
    private final TriggerRow row;

    PreparedItem(int index, TriggerRow row) {
        this.index = index;
        this.row = row;
    }

    /// Returns its place in the batch.
    public int index() {
        return index;
    }

    /// Returns the run that it becomes unless its key leads to another one.
    public RunId runId() {
        return row.runId();
    }

    TriggerRow row() {
        return row;
    }
}
