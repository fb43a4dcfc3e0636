package dev.runyard.supervisor.workload.kubernetes;

import dev.runyard.supervisor.config.KubernetesProperties;
import dev.runyard.supervisor.config.PullPolicy;
import dev.runyard.supervisor.workload.WorkloadSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a task's pod may do: the same as a container of the Docker engine, and what the standard "restricted" asks for.
/// Nothing in a run or an image can widen it.
final class PodTemplate {
    static final String CONTAINER = "task";

    /// Keeps a dead pod until its end was reported, also while no supervisor runs.
    static final String UNREPORTED = "runyard.dev/unreported";

    private static final long MOST_SECONDS_TO_STOP = 30;

    private final KubernetesProperties properties;
    private final String supervisor;

    PodTemplate(KubernetesProperties properties, String supervisor) {
        this.properties = properties;
        this.supervisor = supervisor;
    }

    Pod pod(WorkloadSpec spec) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(spec.runner())
                .withLabels(PodIdentity.labels(spec.workload(), supervisor))
                .withAnnotations(PodIdentity.annotations(spec.workload()))
                .withFinalizers(UNREPORTED)
                .endMetadata()
                .withSpec(podSpec(spec))
                .build();
    }

    private PodSpec podSpec(WorkloadSpec spec) {
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withHostNetwork(false)
                .withHostPID(false)
                .withHostIPC(false)
                .withTerminationGracePeriodSeconds(MOST_SECONDS_TO_STOP)
                .withNodeSelector(properties.nodeSelector())
                .withRuntimeClassName(properties.runtimeClass())
                .withImagePullSecrets(properties.pullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(properties.user())
                .withRunAsGroup(properties.user())
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container(spec))
                .addNewVolume()
                .withName("tmp")
                .withNewEmptyDir()
                .withSizeLimit(quantity(properties.tmpSize().toBytes()))
                .endEmptyDir()
                .endVolume()
                .build();
    }

    private Container container(WorkloadSpec spec) {
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(spec.image())
                .withImagePullPolicy(pullPolicy(properties.pullPolicy()))
                .withEnv(environment(spec))
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withPrivileged(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withNewResources()
                .withRequests(requests(spec))
                .withLimits(limits(spec))
                .endResources()
                .addNewVolumeMount()
                .withName("tmp")
                .withMountPath("/tmp")
                .endVolumeMount()
                .build();
    }

    private static List<EnvVar> environment(WorkloadSpec spec) {
        Map<String, String> variables = new TreeMap<>(spec.environment());
        variables.putIfAbsent("HOME", "/tmp");
        return variables.entrySet().stream()
                .map(variable -> new EnvVar(variable.getKey(), variable.getValue(), null))
                .toList();
    }

    private Map<String, Quantity> limits(WorkloadSpec spec) {
        return Map.of(
                "cpu",
                new Quantity(millis(spec.size().cpu())),
                "memory",
                quantity(spec.memoryBytes()),
                "ephemeral-storage",
                quantity(properties.ephemeralStorage().toBytes()));
    }

    private Map<String, Quantity> requests(WorkloadSpec spec) {
        return Map.of(
                "cpu",
                new Quantity(millis(spec.size().cpu() * properties.cpuRequest())),
                "memory",
                quantity(Math.round(spec.memoryBytes() * properties.memoryRequest())));
    }

    private static String millis(double cpu) {
        return Math.round(cpu * 1_000) + "m";
    }

    private static Quantity quantity(long bytes) {
        return new Quantity(BigDecimal.valueOf(bytes).toPlainString());
    }

    private static String pullPolicy(PullPolicy policy) {
        return switch (policy) {
            case MISSING -> "IfNotPresent";
            case NEVER -> "Never";
            case ALWAYS -> "Always";
        };
    }
}
