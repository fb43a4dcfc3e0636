package dev.runyard.engine.batch;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.trigger.TriggerItems;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.TimeOrderedIds;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/// Decides what items become, outside of any transaction.
final class DraftItems {
    private final Environments environments;
    private final TriggerItems triggers;
    private final BatchConfig config;
    private final TimeOrderedIds ids;

    DraftItems(Environments environments, TriggerItems triggers, BatchConfig config, InstantSource clock) {
        this.environments = environments;
        this.triggers = triggers;
        this.config = config;
        this.ids = new TimeOrderedIds(clock);
    }

    List<ItemDraft> draft(EnvironmentId environment, List<BatchItem> items) {
        String workerQueue = environments
                .find(environment)
                .map(EnvironmentSettings::workerQueue)
                .orElse(EnvironmentSettings.MAIN_WORKER_QUEUE);
        return items.stream().map(item -> draft(item, workerQueue)).toList();
    }

    private ItemDraft draft(BatchItem item, String workerQueue) {
        if (item.error() != null) {
            return failed(item, item.error(), workerQueue);
        }
        String payload = item.command().payload();
        int bytes = payload == null ? 0 : payload.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > config.maxItemBytes()) {
            String sentence =
                    "Payload of " + bytes + " bytes is larger than the " + config.maxItemBytes() + " bytes of an item.";
            return failed(item, new ItemError(ItemError.Code.PAYLOAD_TOO_LARGE, sentence), workerQueue);
        }
        return switch (triggers.prepare(item.index(), item.command())) {
            case TriggerItems.Outcome.Ready ready ->
                new ItemDraft(item, ready.item(), null, ready.item().runId(), workerQueue);
            case TriggerItems.Outcome.Refused refused ->
                failed(
                        item,
                        new ItemError(
                                refused.isQueueFull()
                                        ? ItemError.Code.QUEUE_SIZE_LIMIT_EXCEEDED
                                        : ItemError.Code.BATCH_ITEM_COULD_NOT_TRIGGER,
                                refused.sentence()),
                        workerQueue);
        };
    }

    private ItemDraft failed(BatchItem item, ItemError error, String workerQueue) {
        RunId run = error.code().makesRun() ? new RunId(ids.next()) : null;
        return new ItemDraft(item, null, error, run, workerQueue);
    }
}
