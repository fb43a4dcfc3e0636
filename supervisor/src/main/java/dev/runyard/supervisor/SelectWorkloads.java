package dev.runyard.supervisor;

import dev.runyard.supervisor.config.StateFolder;
import dev.runyard.supervisor.config.SupervisorProperties;
import dev.runyard.supervisor.workload.WorkloadManager;
import dev.runyard.supervisor.workload.WorkloadSelection;
import dev.runyard.supervisor.workload.process.ProcessWorkloadManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides what runs tasks, and says so.
final class SelectWorkloads {
    private static final Logger log = LoggerFactory.getLogger(SelectWorkloads.class);

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
        return selection;
    }

    private WorkloadSelection choose() {
        return switch (properties.workloadManager()) {
            case PROCESS, AUTO, DOCKER ->
                new WorkloadSelection(process(), "runyard.supervisor.workload-manager says so");
        };
    }

    private WorkloadManager process() {
        return new ProcessWorkloadManager(state.folder("workloads"), properties.process());
    }
}
