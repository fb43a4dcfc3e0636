package dev.runyard.supervisor;

import dev.runyard.supervisor.config.StateFolder;
import dev.runyard.supervisor.config.SupervisorProperties;
import dev.runyard.supervisor.workload.WorkloadKind;
import dev.runyard.supervisor.workload.WorkloadManager;
import dev.runyard.supervisor.workload.WorkloadSelection;
import dev.runyard.supervisor.workload.docker.DockerConnection;
import dev.runyard.supervisor.workload.docker.DockerUnavailable;
import dev.runyard.supervisor.workload.docker.DockerWorkloadManager;
import dev.runyard.supervisor.workload.kubernetes.KubernetesWorkloadManager;
import dev.runyard.supervisor.workload.process.ProcessWorkloadManager;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides what runs tasks, and says so.
final class SelectWorkloads {
    private static final Logger log = LoggerFactory.getLogger(SelectWorkloads.class);

    private static final String SETTING = "runyard.supervisor.workload-manager says so";

    /// An engine behind a proxy may start at the same time as this supervisor.
    private static final Duration ENGINE_PATIENCE = Duration.ofSeconds(30);

    private final SupervisorProperties properties;
    private final StateFolder state;
    private final InstanceName name;

    SelectWorkloads(SupervisorProperties properties, StateFolder state, InstanceName name) {
        this.properties = properties;
        this.state = state;
        this.name = name;
    }

    WorkloadSelection select() {
        WorkloadSelection selection = choose();
        log.info(
                "{} runs tasks by {}: {}",
                name.value(),
                selection.manager().kind().wireName(),
                selection.reason());
        if (selection.manager().kind() == WorkloadKind.PROCESS) {
            log.warn("tasks share this machine's user, files and network; use Docker for code that you do not trust");
        }
        return selection;
    }

    private WorkloadSelection choose() {
        return switch (properties.workloadManager()) {
            case PROCESS -> new WorkloadSelection(process(), SETTING);
            case DOCKER -> new WorkloadSelection(docker(connectDocker(ENGINE_PATIENCE)), SETTING);
            case KUBERNETES ->
                new WorkloadSelection(
                        KubernetesWorkloadManager.connect(properties.kubernetes(), name.value()), SETTING);
            case AUTO -> auto();
        };
    }

    private WorkloadSelection auto() {
        try {
            return new WorkloadSelection(docker(connectDocker(Duration.ZERO)), "a Docker engine answers");
        } catch (DockerUnavailable e) {
            return new WorkloadSelection(process(), "no Docker engine answers (" + e.getMessage() + ")");
        }
    }

    private WorkloadManager docker(DockerConnection connection) {
        return new DockerWorkloadManager(connection, properties.docker(), name.value(), properties.waiting());
    }

    private DockerConnection connectDocker(Duration patience) {
        DockerConnection connection = DockerConnection.to(
                properties.docker().host(), properties.docker().commandTimeout());
        try {
            connection.awaitAnswer(patience);
            return connection;
        } catch (DockerUnavailable e) {
            connection.close();
            throw e;
        }
    }

    private WorkloadManager process() {
        return new ProcessWorkloadManager(state.folder("workloads"), properties.process());
    }
}
