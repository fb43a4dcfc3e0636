package dev.runyard.supervisor.workload.kubernetes;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.supervisor.workload.Workload;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What a pod says about its workload, so that a restarted supervisor finds it. Labels hold what is searched for;
/// annotations the rest, since not every text may be a label.
final class PodIdentity {
    static final String SUPERVISOR = "runyard.dev/supervisor";
    private static final String RUN = "runyard.dev/run";
    private static final String SNAPSHOT = "runyard.dev/snapshot";
    private static final String ENVIRONMENT = "runyard.dev/environment";
    private static final String DEPLOYMENT = "runyard.dev/deployment";
    private static final String MACHINE = "runyard.dev/machine";
    private static final String STARTED_AT = "runyard.dev/started-at";

    private PodIdentity() {}

    static Map<String, String> labels(Workload workload, String supervisor) {
        return Map.of(
                "app.kubernetes.io/name",
                "runyard-task",
                "app.kubernetes.io/part-of",
                "runyard",
                SUPERVISOR,
                supervisor,
                RUN,
                workload.run().toString(),
                MACHINE,
                workload.machine().toString());
    }

    static Map<String, String> annotations(Workload workload) {
        return Map.of(
                SNAPSHOT, workload.dispatch().toString(),
                ENVIRONMENT, workload.environment(),
                DEPLOYMENT, workload.deployment(),
                STARTED_AT, workload.startedAt().toString());
    }

    /// Reads a workload back; nothing where the pod is not one.
    static Optional<Workload> read(Pod pod) {
        Map<String, String> labels =
                Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of());
        Map<String, String> notes = Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of());
        try {
            return Optional.of(new Workload(
                    pod.getMetadata().getName(),
                    RunId.parse(labels.getOrDefault(RUN, "")),
                    SnapshotId.parse(notes.getOrDefault(SNAPSHOT, "")),
                    notes.getOrDefault(ENVIRONMENT, ""),
                    notes.getOrDefault(DEPLOYMENT, ""),
                    MachinePreset.parse(labels.getOrDefault(MACHINE, "")),
                    Instant.parse(notes.getOrDefault(STARTED_AT, ""))));
        } catch (IllegalArgumentException | DateTimeException _) {
            return Optional.empty();
        }
    }
}
