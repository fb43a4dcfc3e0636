package dev.runyard.supervisor.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of the supervisor.
///
/// @param port port of the workload API, of `/health` and of the metrics
/// @param webappUrl base address of the webapp
/// @param workerToken the worker group's token, or `file:///path` of a file that holds it
/// @param workerTokenTimeout how long to wait at start for that file to appear
/// @param managedSecret secret that some webapps ask of all supervisors
/// @param instanceName name of this supervisor, unique in its worker group; made up once and kept where absent
/// @param workloadManager what runs tasks
/// @param maxConcurrentRuns most runs at a time; computed from the machine where 0
/// @param stateFolder what must outlive a restart; a folder in the user's home where absent
/// @param workloadTokenKey key that signs the runners' tokens; made up once and kept where absent
/// @param onShutdown what happens to running workloads when the supervisor stops
/// @param timing how long things may take
/// @param docker settings of containers
/// @param kubernetes settings of pods
/// @param process settings of child processes
/// @param warm settings of workloads that are kept for more runs
/// @param waiting settings of workloads whose runs wait
@ConfigurationProperties(prefix = "runyard.supervisor", ignoreUnknownFields = false)
public record SupervisorProperties(
        @DefaultValue("8020") int port,
        @DefaultValue("http://localhost:3030") URI webappUrl,
        @Nullable Secret workerToken,
        @DefaultValue("60s") Duration workerTokenTimeout,
        @Nullable Secret managedSecret,
        @Nullable String instanceName,
        @DefaultValue("auto") WorkloadChoice workloadManager,
        @DefaultValue("0") int maxConcurrentRuns,
        @Nullable Path stateFolder,
        @Nullable Secret workloadTokenKey,
        @DefaultValue("leave") ShutdownPolicy onShutdown,
        @DefaultValue TimingProperties timing,
        @DefaultValue DockerProperties docker,
        @DefaultValue KubernetesProperties kubernetes,
        @DefaultValue ProcessProperties process,
        @DefaultValue WarmProperties warm,
        @DefaultValue WaitingProperties waiting) {

    public SupervisorProperties {
        if (waiting.shared() != null && workloadTokenKey == null) {
            throw new IllegalArgumentException("runyard.supervisor.waiting.shared needs"
                    + " runyard.supervisor.workload-token-key, the same for all supervisors that share the folder");
        }
    }

    /// Returns the folder of what must outlive a restart.
    public Path stateFolderOrDefault() {
        return stateFolder != null ? stateFolder : Path.of(System.getProperty("user.home"), ".runyard", "supervisor");
    }
}
