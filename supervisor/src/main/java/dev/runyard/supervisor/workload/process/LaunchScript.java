package dev.runyard.supervisor.workload.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The script that stands between the supervisor and a task's process.
///
/// It is handed over as text: a shell reads a script file while it runs, and a newer supervisor may replace the file.
record LaunchScript(String text) {
    /// The only variables that a task inherits from the supervisor.
    static final Set<String> INHERITED = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR");

    static LaunchScript load() {
        try (InputStream script = LaunchScript.class.getResourceAsStream("/launch.sh")) {
            if (script == null) {
                throw new IllegalStateException("launch.sh is missing from the class path");
            }
            return new LaunchScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> around(Path folder, List<String> task) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", text, "runyard-launch", folder.toString()));
        command.addAll(task);
        return command;
    }
}
