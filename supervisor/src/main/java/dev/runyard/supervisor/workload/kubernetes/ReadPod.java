package dev.runyard.supervisor.workload.kubernetes;

import dev.runyard.supervisor.workload.OutputTail;
import dev.runyard.supervisor.workload.WorkloadExit;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells from a pod's status how it is with its workload.
final class ReadPod {
    private static final Logger log = LoggerFactory.getLogger(ReadPod.class);

    /// With these the container never comes to run, however long one waits.
    private static final Set<String> HOPELESS = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "ErrImageNeverPull",
            "InvalidImageName",
            "CreateContainerConfigError",
            "CreateContainerError");

    private static final Set<String> NOT_STARTED = Set.of("StartError", "ContainerCannotRun");
    private static final String OUT_OF_MEMORY = "OOMKilled";
    private static final String FAILED = "Failed";

    private final KubernetesClient client;
    private final String namespace;

    ReadPod(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /// Returns why a pod's container can never run; empty where it may yet.
    Optional<String> hopelessness(Pod pod) {
        return waiting(pod)
                .filter(waiting -> HOPELESS.contains(String.valueOf(waiting.getReason())))
                .map(waiting -> "The image " + image(pod) + " could not be started: " + waiting.getReason()
                        + (waiting.getMessage() == null ? "" : ", " + waiting.getMessage()));
    }

    /// Returns why a pod's container does not run yet, for people.
    static String delay(Pod pod) {
        String waiting = waiting(pod).map(ContainerStateWaiting::getReason).orElse("");
        String unscheduled = status(pod).getConditions().stream()
                .filter(condition ->
                        "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus()))
                .map(condition -> String.valueOf(condition.getMessage()))
                .findFirst()
                .orElse("");
        return unscheduled.isEmpty() ? waiting : unscheduled;
    }

    /// Tells whether the container runs or has run.
    static boolean hasRun(Pod pod) {
        return terminated(pod).isPresent()
                || FAILED.equals(status(pod).getPhase())
                || state(pod).filter(state -> state.getRunning() != null).isPresent();
    }

    /// Returns how a workload ended, or nothing while it may run.
    Optional<WorkloadExit> exit(Pod pod) {
        Optional<ContainerStateTerminated> end = terminated(pod);
        if (end.isPresent()) {
            return Optional.of(ended(pod, end.get()));
        }
        return FAILED.equals(status(pod).getPhase())
                ? Optional.of(
                        new WorkloadExit.Vanished("The pod " + pod.getMetadata().getName() + " of the task failed: "
                                + status(pod).getReason() + ", " + status(pod).getMessage()))
                : Optional.empty();
    }

    private WorkloadExit ended(Pod pod, ContainerStateTerminated end) {
        String output = output(pod.getMetadata().getName());
        if (OUT_OF_MEMORY.equals(end.getReason())) {
            return new WorkloadExit.OutOfMemory(output);
        }
        if (NOT_STARTED.contains(String.valueOf(end.getReason()))) {
            return new WorkloadExit.NotExecutable(Objects.requireNonNullElse(end.getMessage(), output));
        }
        if ("Evicted".equals(status(pod).getReason())) {
            return new WorkloadExit.Vanished("The pod " + pod.getMetadata().getName()
                    + " of the task was evicted from its node: " + status(pod).getMessage());
        }
        return WorkloadExit.ofCode(Objects.requireNonNullElse(end.getExitCode(), 0), output);
    }

    private String output(String runner) {
        try {
            String text = client.pods()
                    .inNamespace(namespace)
                    .withName(runner)
                    .tailingLines(OutputTail.MAX_LINES)
                    .getLog();
            return OutputTail.of(text == null ? "" : text);
        } catch (KubernetesClientException e) {
            log.warn("cannot read the output of {}: {}", runner, e.getMessage());
            return "";
        }
    }

    private static Optional<ContainerStateTerminated> terminated(Pod pod) {
        return state(pod).map(ContainerState::getTerminated);
    }

    private static Optional<ContainerStateWaiting> waiting(Pod pod) {
        return state(pod).map(ContainerState::getWaiting);
    }

    private static Optional<ContainerState> state(Pod pod) {
        List<ContainerStatus> containers =
                Objects.requireNonNullElse(status(pod).getContainerStatuses(), List.of());
        return containers.stream()
                .map(ContainerStatus::getState)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static PodStatus status(Pod pod) {
        return Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
    }

    private static String image(Pod pod) {
        return pod.getSpec().getContainers().getFirst().getImage();
    }
}
