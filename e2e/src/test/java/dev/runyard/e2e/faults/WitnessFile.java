package dev.runyard.e2e.faults;

import dev.runyard.testkit.history.Execution;
import dev.runyard.testkit.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the tasks wrote down.
final class WitnessFile {
    private WitnessFile() {}

    /// One line: what happened, in which attempt of which run, when.
    private record Line(String what, String run, int attempt, long at, String nonce) {
        static Line parse(String text) {
            String[] parts = text.split(" ");
            return new Line(parts[0], parts[1], Integer.parseInt(parts[2]), Long.parseLong(parts[3]), parts[4]);
        }

        String key() {
            return run + " " + attempt;
        }
    }

    /// Adds an execution for each start; one without an end was cut off.
    ///
    /// @return how many attempts started
    static int read(Path file, History history) throws IOException {
        Map<String, Line> ends = new LinkedHashMap<>();
        var lines = Files.readAllLines(file).stream().map(Line::parse).toList();
        lines.stream().filter(line -> !line.what().equals("S")).forEach(line -> ends.put(line.key(), line));
        int starts = 0;
        for (Line line : lines) {
            if (line.what().equals("S")) {
                @Nullable Line end = ends.get(line.key());
                history.addExecution(new Execution(
                        line.run(),
                        line.attempt(),
                        line.at(),
                        end == null ? null : end.at(),
                        Instant.ofEpochMilli(line.at()),
                        end == null || end.what().equals("F") ? null : '"' + end.nonce() + '"'));
                starts++;
            }
        }
        return starts;
    }
}
