package dev.runyard.engine.bulk;

import dev.runyard.engine.cancel.CancelRun;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.read.RunQueries;
import dev.runyard.engine.store.Transactions;
import dev.runyard.engine.trigger.ReplayRun;
import java.time.InstantSource;

/// Wires this package.
///
/// @param service what brings actions forward
/// @param facade what callers use
public record BulkParts(RunBulkActions service, BulkActions facade) {
    /// What bulk actions are made of.
    public record Collaborators(
            BulkRepository repository,
            BulkQueries bulkQueries,
            Transactions transactions,
            RunQueries queries,
            CancelRun cancelRun,
            ReplayRun replayRun,
            SyncPoints syncPoints,
            InstantSource clock) {}

    public static BulkParts wire(Collaborators with, BulkConfig config) {
        ApplyToRun applyToRun = new ApplyToRun(with.cancelRun(), with.replayRun(), with.clock());
        CreateBulkAction create = new CreateBulkAction(with.repository(), with.transactions(), config, with.clock());
        return new BulkParts(
                new RunBulkActions(
                        with.repository(), with.queries(), applyToRun, config, with.syncPoints(), with.clock()),
                new BulkActions(create, with.repository(), with.bulkQueries(), with.clock()));
    }
}
