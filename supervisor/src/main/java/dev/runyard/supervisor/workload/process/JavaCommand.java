package dev.runyard.supervisor.workload.process;

import dev.runyard.supervisor.workload.WorkloadSpec;
import java.nio.file.Path;
import java.util.List;

/// The command line of a runner on a bundle.
final class JavaCommand {
    /// Nothing limits a process as a whole, so its heap gets the share that a container's JVM would take.
    private static final double HEAP_SHARE = 0.75;

    private static final long MEBIBYTE = 1L << 20;

    private JavaCommand() {}

    static List<String> of(Path java, WorkloadSpec spec) {
        long heap = Math.round(spec.memoryBytes() * HEAP_SHARE / MEBIBYTE);
        return List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + heap + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                Path.of(spec.bundlePath(), "lib") + "/*",
                "dev.runyard.runner.Runner");
    }
}
