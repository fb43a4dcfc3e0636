package dev.runyard.cli.dev;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// What a project of tasks depends on, from this test's class path.
final class Dependencies {
    private static final List<String> NEEDED = List.of(
            "runyard-sdk",
            "runyard-runner",
            "runyard-protocol",
            "/sdk/target/",
            "/runner/target/",
            "/protocol/target/",
            "jackson-",
            "slf4j-api",
            "jspecify");

    private Dependencies() {}

    static List<Path> all() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> NEEDED.stream().anyMatch(entry::contains))
                .map(Path::of)
                .toList();
    }
}
