package dev.runyard.engine.trigger;

import dev.runyard.engine.debounce.DebounceWindow;
import dev.runyard.protocol.id.RunId;
import org.jspecify.annotations.Nullable;

/// An item of a batch that only has to be written.
public final class PreparedItem {
    private final int index;
    private final TriggerRow row;
    private final @Nullable DebounceWindow window;

    PreparedItem(int index, TriggerRow row, @Nullable DebounceWindow window) {
        this.index = index;
        this.row = row;
        this.window = window;
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

    @Nullable
    DebounceWindow window() {
        return window;
    }
}
