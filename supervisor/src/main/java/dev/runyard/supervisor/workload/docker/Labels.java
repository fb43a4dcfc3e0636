package dev.runyard.supervisor.workload.docker;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.supervisor.workload.Workload;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// The labels of a task container: the whole of a workload's identity, so that a restarted supervisor finds it.
final class Labels {
    static final String SUPERVISOR = "dev.runyard.supervisor";
    private static final String RUNNER = "dev.runyard.runner";
    private static final String RUN = "dev.runyard.run";
    private static final String SNAPSHOT = "dev.runyard.snapshot";
    private static final String ENVIRONMENT = "dev.runyard.environment";
    private static final String DEPLOYMENT = "dev.runyard.deployment";
    private static final String MACHINE = "dev.runyard.machine";
    private static final String STARTED_AT = "dev.runyard.started-at";

    private Labels() {}

    static Map<String, String> of(Workload workload, String supervisor) {
        return Map.of(
                SUPERVISOR, supervisor,
                RUNNER, workload.runner(),
                RUN, workload.run().toString(),
                SNAPSHOT, workload.dispatch().toString(),
                ENVIRONMENT, workload.environment(),
                DEPLOYMENT, workload.deployment(),
                MACHINE, workload.machine().toString(),
                STARTED_AT, workload.startedAt().toString());
    }

    /// Reads a workload back; nothing where the labels are not those of a workload.
    static Optional<Workload> read(Map<String, String> labels) {
        try {
            return Optional.of(new Workload(
                    labels.getOrDefault(RUNNER, ""),
                    RunId.parse(labels.getOrDefault(RUN, "")),
                    SnapshotId.parse(labels.getOrDefault(SNAPSHOT, "")),
                    labels.getOrDefault(ENVIRONMENT, ""),
                    labels.getOrDefault(DEPLOYMENT, ""),
                    MachinePreset.parse(labels.getOrDefault(MACHINE, "")),
                    Instant.parse(labels.getOrDefault(STARTED_AT, ""))));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    static String runner(Map<String, String> labels) {
        return labels.getOrDefault(RUNNER, "");
    }
}
