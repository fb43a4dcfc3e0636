package dev.runyard.engine.batch;

import dev.runyard.engine.change.RunChanged;
import dev.runyard.engine.change.RunChanges;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunTransitions;
import dev.runyard.engine.store.Json;
import dev.runyard.engine.store.Transactions;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/// Gives runs that are finished before they began to items that could not be triggered. Their payload is
/// not kept.
final class FailInAdvance {
    private final FailedRunRepository runs;
    private final Transactions transactions;
    private final RunChanges changes;
    private final EngineMetrics metrics;
    private final Json json;
    private final InstantSource clock;

    FailInAdvance(
            FailedRunRepository runs,
            Transactions transactions,
            RunChanges changes,
            EngineMetrics metrics,
            InstantSource clock) {
        this.runs = runs;
        this.transactions = transactions;
        this.changes = changes;
        this.metrics = metrics;
        this.json = new Json();
        this.clock = clock;
    }

    /// Writes the runs in the transaction under way.
    void write(BatchId batch, List<ItemDraft> drafts) {
        if (drafts.isEmpty()) {
            return;
        }
        RunTransitions.check(null, RunEvent.TRIGGER_FAILED, ExecutionStatus.FINISHED);
        runs.write(drafts.stream().map(draft -> row(batch, draft)).toList(), clock.instant());
        drafts.forEach(draft -> transactions.afterCommit(() -> committed(draft)));
    }

    private void committed(ItemDraft draft) {
        metrics.transition(null, RunEvent.TRIGGER_FAILED);
        changes.publish(
                new RunChanged(draft.item().command().environmentId(), runId(draft), 1, RunStatus.SYSTEM_FAILURE));
    }

    private FailedRunRow row(BatchId batch, ItemDraft draft) {
        TriggerCommand command = draft.item().command();
        ItemError error = Objects.requireNonNull(draft.error());
        RunId parent = command.parent();
        TaskRunError cause =
                TaskRunError.Internal.of(InternalErrorCode.valueOf(error.code().name()), error.message());
        return new FailedRunRow(
                runId(draft).value(),
                command.environmentId().value(),
                command.taskId(),
                command.payloadType(),
                command.tags(),
                parent == null ? null : parent.value(),
                command.isTest(),
                command.traceParent(),
                command.source(),
                command.queue() == null ? "task/" + command.taskId() : command.queue(),
                draft.workerQueue(),
                batch.value(),
                draft.item().index(),
                json.write(cause));
    }

    private static RunId runId(ItemDraft draft) {
        return Objects.requireNonNull(draft.runId());
    }
}
