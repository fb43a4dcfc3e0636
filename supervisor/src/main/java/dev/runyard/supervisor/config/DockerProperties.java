package dev.runyard.supervisor.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Settings of containers.
///
/// @param host the engine's address; the usual socket where absent
/// @param network the bridge network of all task containers; created where it does not exist
/// @param enforceMachinePresets whether a container is limited to the processors and memory of its machine size
/// @param pidsLimit most processes and threads in a container
/// @param tmpSize size of `/tmp`, the only writable place of a container
/// @param user user and group that a container runs as
/// @param keepExited whether exited containers stay for inspection
/// @param pullPolicy when images are fetched
/// @param pullTimeout longest fetch of an image, or of what is stored in a shared folder
/// @param commandTimeout longest other call to the engine
/// @param workloadApiDomain the supervisor's host name as containers see it
/// @param webappUrl the webapp as containers see it; where absent, the webapp's address with a loopback host replaced
/// by the name of the host
/// @param reconcileInterval how often the list of containers is compared with what is expected
/// @param cpuOvercommit how many virtual CPUs are handed out for each processor, since a limit is seldom used up
/// @param startCpu virtual CPUs that a container has at least until its first attempt begins, beside the accounts
/// @param memoryShare how much of the machine's memory task containers may be promised
/// @param registries credentials for registries that ask for them
public record DockerProperties(
        @Nullable String host,
        @DefaultValue("runyard-tasks") String network,
        @DefaultValue("true") boolean enforceMachinePresets,
        @DefaultValue("512") long pidsLimit,
        @DefaultValue("128MB") DataSize tmpSize,
        @DefaultValue("65532:65532") String user,
        @DefaultValue("false") boolean keepExited,
        @DefaultValue("missing") PullPolicy pullPolicy,
        @DefaultValue("5m") Duration pullTimeout,
        @DefaultValue("30s") Duration commandTimeout,
        @DefaultValue("host.docker.internal") String workloadApiDomain,
        @Nullable URI webappUrl,
        @DefaultValue("10s") Duration reconcileInterval,
        @DefaultValue("2") double cpuOvercommit,
        @DefaultValue("1") double startCpu,
        @DefaultValue("0.9") double memoryShare,
        @DefaultValue List<RegistryLogin> registries) {

    /// Credentials for a registry.
    ///
    /// @param host its name and port, such as `registry.example.com:5000`; `docker.io` for the one of short names
    /// @param username user, or what the registry wants in its place
    /// @param password password or token
    public record RegistryLogin(String host, String username, Secret password) {}
}
