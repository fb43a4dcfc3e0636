package dev.runyard.supervisor.workload;

import dev.runyard.protocol.worker.MachineSize;
import java.util.Map;

/// What to start.
///
/// @param workload its identity
/// @param image an OCI image reference, or `bundle:` and the absolute path of a folder
/// @param size processors and memory that it gets
/// @param environment its environment variables, all of them
public record WorkloadSpec(Workload workload, String image, MachineSize size, Map<String, String> environment) {
    private static final String BUNDLE = "bundle:";
    private static final long GIBIBYTE = 1L << 30;

    public WorkloadSpec {
        environment = Map.copyOf(environment);
    }

    public String runner() {
        return workload.runner();
    }

    /// Returns the same for a workload of another name.
    public WorkloadSpec named(String runner) {
        return new WorkloadSpec(workload.named(runner), image, size, environment);
    }

    /// Tells whether the image is a folder on this machine.
    public boolean isBundle() {
        return image.startsWith(BUNDLE);
    }

    /// Returns the path of the folder of a bundle.
    public String bundlePath() {
        return image.substring(BUNDLE.length());
    }

    public long memoryBytes() {
        return Math.round(size.memory() * GIBIBYTE);
    }
}
