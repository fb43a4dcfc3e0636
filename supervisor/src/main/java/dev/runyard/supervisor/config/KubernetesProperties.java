package dev.runyard.supervisor.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Settings of pods. Where the cluster is and who we are there comes from the service account, or from a kubeconfig.
///
/// @param namespace where pods of tasks are; not the one of anything else
/// @param slots most pods at a time; what fits beyond that is the scheduler's and the namespace's quota to say
/// @param cpuRequest share of a machine's processors that a pod asks the scheduler for
/// @param memoryRequest share of a machine's memory that a pod asks the scheduler for
/// @param ephemeralStorage most that a pod may write to its node's disk, logs included
/// @param tmpSize size of `/tmp`, the only writable place of a container
/// @param user user and group that a container runs as
/// @param pullPolicy when images are fetched
/// @param pullSecrets secrets of the namespace with credentials for registries
/// @param nodeSelector labels that a pod's node must have
/// @param runtimeClass runtime of the pods, such as one that isolates them better; the cluster's own where absent
/// @param startTimeout how long a pod may take until its container runs: to be scheduled and to fetch its image
/// @param workloadApiDomain the supervisor's host name as pods see it
/// @param webappUrl the webapp as pods see it; the supervisor's own address of it where absent
public record KubernetesProperties(
        @DefaultValue("runyard-tasks") String namespace,
        @DefaultValue("100") int slots,
        @DefaultValue("0.75") double cpuRequest,
        @DefaultValue("1") double memoryRequest,
        @DefaultValue("10GB") DataSize ephemeralStorage,
        @DefaultValue("128MB") DataSize tmpSize,
        @DefaultValue("65532") long user,
        @DefaultValue("missing") PullPolicy pullPolicy,
        @DefaultValue List<String> pullSecrets,
        @DefaultValue Map<String, String> nodeSelector,
        @Nullable String runtimeClass,
        @DefaultValue("5m") Duration startTimeout,
        @DefaultValue("runyard-supervisor") String workloadApiDomain,
        @Nullable URI webappUrl) {}
