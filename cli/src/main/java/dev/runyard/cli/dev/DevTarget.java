package dev.runyard.cli.dev;

import java.net.URI;
import java.util.List;

/// Where a session's runs come from. Its text does not show the key.
///
/// @param url the server
/// @param key key of a development environment
/// @param others names of sessions that serve the same environment now
record DevTarget(URI url, String key, List<String> others) {
    /// Returns a command that triggers a task.
    String example() {
        return "curl -s %s/api/v1/tasks/TASK/trigger -H 'Authorization: Bearer %s' -H 'Content-Type: application/json' -d '{\"payload\": …}'"
                .formatted(url.toString().replaceAll("/+$", ""), key);
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
