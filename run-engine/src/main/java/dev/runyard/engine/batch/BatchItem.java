package dev.runyard.engine.batch;

import dev.runyard.engine.trigger.TriggerCommand;
import org.jspecify.annotations.Nullable;

/// An item of a batch.
///
/// @param index its place, from 0
/// @param command the run that it asks for, in the batch's environment
/// @param error why the caller itself found that it cannot be triggered
public record BatchItem(
        int index, TriggerCommand command, @Nullable ItemError error) {
    public static BatchItem of(int index, TriggerCommand command) {
        return new BatchItem(index, command, null);
    }
}
