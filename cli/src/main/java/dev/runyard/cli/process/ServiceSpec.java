package dev.runyard.cli.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How a process is started.
///
/// @param name what people call it
/// @param command program and arguments
/// @param environment variables that it gets besides this process's own
/// @param without variables of this process that it must not see
/// @param stopCommand what ends it; SIGTERM where empty
/// @param log file that gets what it prints
public record ServiceSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        Set<String> without,
        List<String> stopCommand,
        Path log) {
    public ServiceSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        without = Set.copyOf(without);
        stopCommand = List.copyOf(stopCommand);
    }
}
