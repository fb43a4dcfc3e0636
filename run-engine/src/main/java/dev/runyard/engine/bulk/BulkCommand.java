package dev.runyard.engine.bulk;

import dev.runyard.engine.read.RunFilter;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request for a bulk action: on the runs of a filter, or on those that it names.
///
/// @param environmentId whose runs
/// @param kind what to do to each
/// @param name what to call it
/// @param filter which runs, of those that exist when the request is made; absent where they are named
/// @param runIds the runs by name, else empty
public record BulkCommand(
        EnvironmentId environmentId,
        BulkKind kind,
        @Nullable String name,
        @Nullable RunFilter filter,
        List<RunId> runIds) {

    public BulkCommand {
        runIds = List.copyOf(runIds);
    }

    /// Everything that a filter finds.
    public static BulkCommand matching(BulkKind kind, RunFilter filter) {
        return new BulkCommand(filter.environmentId(), kind, null, filter, List.of());
    }

    /// Some runs by name.
    public static BulkCommand naming(EnvironmentId environment, BulkKind kind, List<RunId> runIds) {
        return new BulkCommand(environment, kind, null, null, runIds);
    }

    /// The same with a name.
    public BulkCommand called(@Nullable String newName) {
        return new BulkCommand(environmentId, kind, newName, filter, runIds);
    }
}
