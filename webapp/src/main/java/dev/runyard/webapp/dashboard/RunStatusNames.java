package dev.runyard.webapp.dashboard;

import dev.runyard.protocol.run.RunStatus;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Statuses in the words of the public API; one word may stand for several.
final class RunStatusNames {
    private RunStatusNames() {}

    /// Returns the statuses that the words stand for.
    ///
    /// @throws IllegalArgumentException where a word is unknown
    static Set<RunStatus> parse(List<String> names) {
        Set<RunStatus> statuses = EnumSet.noneOf(RunStatus.class);
        for (String name : names) {
            Set<RunStatus> meant = Arrays.stream(RunStatus.values())
                    .filter(status -> status.apiName().equals(name.toUpperCase(Locale.ROOT)))
                    .collect(Collectors.toSet());
            if (meant.isEmpty()) {
                throw new IllegalArgumentException("There is no status \"" + name + "\".");
            }
            statuses.addAll(meant);
        }
        return statuses;
    }
}
