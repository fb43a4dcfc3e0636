package dev.runyard.engine.metadata;

import dev.runyard.engine.change.RunChanges;
import dev.runyard.engine.store.Transactions;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.time.InstantSource;
import java.util.List;

/// Changes what describes a run: its metadata and its tags. Thread-safe; concurrent changes are applied one by one.
public final class RunMetadata {
    private final UpdateMetadata updateMetadata;
    private final AddTags addTags;

    public RunMetadata(
            MetadataRepository repository,
            Transactions transactions,
            RunChanges changes,
            MetadataConfig config,
            InstantSource clock) {
        RunChangeHints hints = new RunChangeHints(changes);
        this.updateMetadata = new UpdateMetadata(repository, transactions, hints, config, clock);
        this.addTags = new AddTags(repository, transactions, hints, config, clock);
    }

    /// Changes the metadata of a run, and of its parent and root where the change says so.
    public MetadataOutcome update(EnvironmentId environment, RunId run, MetadataChange change) {
        return updateMetadata.update(environment, run, change);
    }

    /// Adds tags; blank ones and those that the run has do not count.
    public TagsOutcome addTags(EnvironmentId environment, RunId run, List<String> tags) {
        return addTags.add(environment, run, tags);
    }
}
