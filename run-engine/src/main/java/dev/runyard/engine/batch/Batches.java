package dev.runyard.engine.batch;

import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.EnvironmentId;
import java.util.List;
import java.util.Optional;

/// Batches as the engine's callers see them: make one, add its items in as many calls as there are chunks,
/// read it.
///
/// Thread-safe; several callers may add items to one batch.
public final class Batches {
    private final CreateBatch create;
    private final AddItems add;
    private final BatchQueries queries;

    Batches(CreateBatch create, AddItems add, BatchQueries queries) {
        this.create = create;
        this.add = add;
        this.queries = queries;
    }

    /// Makes a batch, or finds the one that a key leads to. When this returns `Created`, the batch is
    /// committed.
    public CreateBatchOutcome create(NewBatch request) {
        return create.create(request);
    }

    /// Adds items; each becomes a run at once. Those that are there already are counted and left alone.
    public AddItemsOutcome add(EnvironmentId environment, BatchId batch, List<BatchItem> items) {
        return add.add(environment, batch, items);
    }

    /// Ends an upload: tells whether the batch has all its items. The last item itself seals the batch, in
    /// its own transaction, so there is nothing left to do; where the batch is not sealed, the caller adds
    /// what is missing.
    public Optional<BatchView> seal(EnvironmentId environment, BatchId batch) {
        return queries.find(environment, batch);
    }

    /// Returns the read models.
    public BatchQueries queries() {
        return queries;
    }
}
