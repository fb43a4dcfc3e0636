package dev.runyard.engine.directory;

import java.util.Map;
import java.util.Optional;

/// Lists of runs that the host keeps in the engine's database, such as those that failed in one way. A filter may
/// ask for the runs of one; it names the list, and only the host writes the SQL.
///
/// @param queries by name of the list: a query for ids of runs. It may use `:environment`, the id of the environment
///     that is read, and `:listed`, which of the host's lists of that name is meant
public record RunLists(Map<String, String> queries) {
    /// A host that keeps none.
    public static final RunLists NONE = new RunLists(Map.of());

    public RunLists {
        queries = Map.copyOf(queries);
    }

    /// Finds a list's query.
    public Optional<String> query(String name) {
        return Optional.ofNullable(queries.get(name));
    }
}
