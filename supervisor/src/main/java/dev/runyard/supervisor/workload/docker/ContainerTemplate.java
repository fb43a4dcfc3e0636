package dev.runyard.supervisor.workload.docker;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Ulimit;
import dev.runyard.supervisor.config.DockerProperties;
import dev.runyard.supervisor.workload.WorkloadSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a task container may do. Nothing in a run or an image can widen it.
///
/// Task code is not trusted: it gets no capability, no way to gain one, no writable file system but a small `/tmp` in
/// memory, no path of the host and no container of its network but the way out. Memory has no swap beside it, so that
/// a limit means what it says, and the system prefers a task over everything else when it must kill.
final class ContainerTemplate {
    private static final long OPEN_FILES = 4096;
    private static final int OOM_SCORE = 500;
    private static final long SANDBOX_PIDS = 8;
    private static final long SANDBOX_MEMORY = 16L << 20;
    private static final String HOST_GATEWAY = "host.docker.internal:host-gateway";

    private final DockerProperties properties;
    private final StartBoost boost;

    /// @param boost what a container has until its attempt begins
    ContainerTemplate(DockerProperties properties, StartBoost boost) {
        this.properties = properties;
        this.boost = boost;
    }

    HostConfig hostConfig(WorkloadSpec spec) {
        HostConfig config = new HostConfig()
                .withNetworkMode(properties.network())
                .withExtraHosts(HOST_GATEWAY)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withPrivileged(false)
                .withReadonlyRootfs(true)
                .withTmpFs(Map.of(
                        "/tmp",
                        "rw,nosuid,nodev,mode=1777,size=" + properties.tmpSize().toBytes()))
                .withPidsLimit(properties.pidsLimit())
                .withUlimits(List.of(new Ulimit("nofile", OPEN_FILES, OPEN_FILES), new Ulimit("core", 0L, 0L)))
                .withInit(true)
                .withIpcMode("private")
                .withOomScoreAdj(OOM_SCORE)
                .withRestartPolicy(RestartPolicy.noRestart())
                .withAutoRemove(false)
                .withLogConfig(
                        new LogConfig(LogConfig.LoggingType.JSON_FILE, Map.of("max-size", "10m", "max-file", "1")));
        return properties.enforceMachinePresets() ? limited(config, spec) : config;
    }

    /// Returns what the holder of a task's network may do: as good as nothing.
    HostConfig sandbox() {
        return new HostConfig()
                .withNetworkMode(properties.network())
                .withExtraHosts(HOST_GATEWAY)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"))
                .withReadonlyRootfs(true)
                .withPidsLimit(SANDBOX_PIDS)
                .withMemory(SANDBOX_MEMORY)
                .withMemorySwap(SANDBOX_MEMORY)
                .withIpcMode("private")
                .withRestartPolicy(RestartPolicy.noRestart())
                .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE));
    }

    List<String> environment(WorkloadSpec spec) {
        return assignments(new HashMap<>(spec.environment()));
    }

    /// Returns the environment of a task that may be stored: an open connection may not survive it, so it keeps none.
    List<String> environmentOfStorable(WorkloadSpec spec) {
        Map<String, String> variables = new HashMap<>(spec.environment());
        variables.put("RUNYARD_KEEP_ALIVE_SECONDS", "1");
        return assignments(variables);
    }

    private static List<String> assignments(Map<String, String> variables) {
        // The user has no home, and nothing but /tmp can be written.
        variables.putIfAbsent("HOME", "/tmp");
        List<String> assignments = new ArrayList<>();
        variables.forEach((name, value) -> assignments.add(name + "=" + value));
        return assignments;
    }

    private HostConfig limited(HostConfig config, WorkloadSpec spec) {
        return config.withNanoCPUs(boost.begin(spec.runner(), spec.size()))
                .withMemory(spec.memoryBytes())
                .withMemorySwap(spec.memoryBytes());
    }
}
