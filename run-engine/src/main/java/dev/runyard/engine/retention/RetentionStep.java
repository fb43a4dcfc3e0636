package dev.runyard.engine.retention;

import dev.runyard.protocol.id.RunId;
import java.util.Collection;

/// What a feature removes with runs.
@FunctionalInterface
public interface RetentionStep {
    /// Removes what belongs to the given runs, in the transaction that removes them. Rows of monthly
    /// partitions that are dropped as a whole are not asked for.
    void removeOf(Collection<RunId> runs);
}
