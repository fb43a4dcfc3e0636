package dev.runyard.sdk.flow;

import dev.runyard.sdk.run.RunResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the branches of an orchestrator ended. */
public final class BranchResults {
    private final Map<String, RunResult<Object>> results;

    BranchResults(Map<String, RunResult<Object>> results) {
        this.results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
    }

    /** Returns all results by the names of their branches, in the order of the definition. */
    public Map<String, RunResult<Object>> all() {
        return results;
    }

    /** Returns how a branch ended. */
    public RunResult<Object> of(String branch) {
        RunResult<Object> result = results.get(branch);
        if (result == null) {
            throw new IllegalArgumentException("there is no branch \"" + branch + "\"; there are " + results.keySet());
        }
        return result;
    }

    /**
     * Returns what a branch returned.
     *
     * @throws dev.runyard.sdk.run.RunFailedException where it did not succeed
     */
    public <T> T output(String branch, Class<T> type) {
        return type.cast(of(branch).outputOrThrow());
    }

    /** Returns the names of the branches that succeeded. */
    public List<String> succeeded() {
        return named(true);
    }

    /** Returns the names of the branches that did not succeed. */
    public List<String> failed() {
        return named(false);
    }

    private List<String> named(boolean success) {
        return results.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof RunResult.Completed<Object> == success)
                .map(Map.Entry::getKey)
                .toList();
    }
}
