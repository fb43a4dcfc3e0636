package dev.runyard.engine.trigger;

import dev.runyard.engine.store.Transactions;
import dev.runyard.protocol.id.RunId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// A trigger in two stages, for callers that write the run together with rows of their own.
///
/// The first stage asks the control plane and must stay outside of the transaction, the second one belongs into it.
/// Idempotency keys and debouncing are not for such runs: their caller's own rows keep them unique.
public final class StagedTrigger {
    private final PrepareTrigger prepare;
    private final TriggerRepository repository;
    private final TriggerRun.AfterTrigger after;
    private final Transactions transactions;

    public StagedTrigger(
            PrepareTrigger prepare,
            TriggerRepository repository,
            TriggerRun.AfterTrigger after,
            Transactions transactions) {
        this.prepare = prepare;
        this.repository = repository;
        this.after = after;
        this.transactions = transactions;
    }

    /// What the first stage found.
    public sealed interface Staged {}

    /// A run that can be written.
    public static final class Ready implements Staged {
        private final TriggerRow row;

        private Ready(TriggerRow row) {
            this.row = row;
        }

        public RunId runId() {
            return row.runId();
        }
    }

    /// There will be no run.
    ///
    /// @param sentence why
    public record Refused(String sentence) implements Staged {}

    /// Decides version, queue and place in the queue. Asks the control plane.
    public Staged prepare(TriggerCommand command) {
        return switch (prepare.prepare(command)) {
            case PrepareTrigger.Prepared.Refused refused -> new Refused(refused.sentence());
            case PrepareTrigger.Prepared.Ready ready -> new Ready(ready.row().withoutKeys());
        };
    }

    /// Writes runs in the transaction under way; Redis hears of them after its commit.
    public void write(List<Ready> runs) {
        if (runs.isEmpty()) {
            return;
        }
        Map<UUID, Long> outboxIds =
                repository.write(runs.stream().map(run -> run.row).toList());
        List<TriggerRun.AfterTrigger.Committed> written = runs.stream()
                .map(run -> new TriggerRun.AfterTrigger.Committed(
                        run.row, Objects.requireNonNull(outboxIds.get(run.row.id()), "a run was not written")))
                .toList();
        transactions.afterCommit(() -> after.committed(written));
    }
}
