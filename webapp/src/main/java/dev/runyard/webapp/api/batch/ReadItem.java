package dev.runyard.webapp.api.batch;

import dev.runyard.engine.batch.BatchItem;
import dev.runyard.engine.batch.ItemError;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.RunId;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonMembers;
import dev.runyard.webapp.api.trigger.ReadRun;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// Reads one item of a batch. What makes no sense refuses the call; what only cannot be done becomes a run that failed
/// in advance, so that whoever waits gets an answer for every item.
@Component
class ReadItem {
    private final ReadRun readRun;

    ReadItem(ReadRun readRun) {
        this.readRun = readRun;
    }

    /// What the items of a batch share.
    ///
    /// @param origin where they come from
    /// @param parent run that makes the batch
    record Shared(ReadRun.Origin origin, @Nullable RunId parent) {}

    BatchItem read(Shared shared, int index, String task, JsonMembers item) {
        try {
            TriggerCommand command = readRun.read(shared.origin(), task, item)
                    .parent(shared.parent())
                    .build();
            return BatchItem.of(index, command);
        } catch (ApiException e) {
            String sentence = Objects.requireNonNullElse(e.getMessage(), "");
            if (e.status() == HttpStatus.BAD_REQUEST) {
                throw ApiException.unprocessable("Invalid item at index " + index + ": " + sentence);
            }
            return failed(shared, index, task, new ItemError(ItemError.Code.BATCH_ITEM_COULD_NOT_TRIGGER, sentence));
        }
    }

    /// Makes an item that cannot be triggered.
    BatchItem failed(Shared shared, int index, String task, ItemError error) {
        TriggerCommand command = TriggerCommand.of(shared.origin().caller().environmentId(), task)
                .parent(shared.parent())
                .traceParent(shared.origin().traceParent())
                .source(shared.origin().source())
                .build();
        return new BatchItem(index, command, error);
    }
}
