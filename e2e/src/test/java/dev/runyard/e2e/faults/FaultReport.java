package dev.runyard.e2e.faults;

import dev.runyard.testkit.history.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a run of the suite did and found.
///
/// @param seed which faults and which load
/// @param planned faults that should have been
/// @param applied faults that were, by kind
/// @param calls calls that were made
/// @param answered calls that got an answer
/// @param accepted runs that were acknowledged
/// @param runs runs that there are
/// @param attempts attempts that the tasks saw begin
/// @param violations broken promises
record FaultReport(
        long seed,
        int planned,
        Map<Fault.Kind, Integer> applied,
        int calls,
        int answered,
        long accepted,
        int runs,
        int attempts,
        List<Violation> violations) {
    FaultReport {
        applied = Map.copyOf(applied);
        violations = List.copyOf(violations);
    }

    int appliedInAll() {
        return applied.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// A run in which hardly anything worked or broke proves nothing.
    boolean isValid() {
        return answered >= 0.8 * calls && appliedInAll() >= 0.95 * planned && attempts > 0;
    }

    Path write(Path folder) throws IOException {
        Path file = folder.resolve("report-" + seed + ".md");
        return Files.writeString(file, toString());
    }

    @Override
    public String toString() {
        return """
                # Fault run with seed %d

                | | |
                |---|---|
                | faults | %d of %d planned |
                | calls | %d, of which %d were answered |
                | runs | %d accepted, %d in the database |
                | attempts | %d |
                | violations | %d |
                | valid | %s |

                %s

                %s
                """.formatted(
                        seed,
                        appliedInAll(),
                        planned,
                        calls,
                        answered,
                        accepted,
                        runs,
                        attempts,
                        violations.size(),
                        isValid(),
                        applied.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(entry -> "- %s: %d".formatted(entry.getKey(), entry.getValue()))
                                .collect(Collectors.joining("\n")),
                        violations.stream().map(Violation::toString).collect(Collectors.joining("\n\n")));
    }
}
