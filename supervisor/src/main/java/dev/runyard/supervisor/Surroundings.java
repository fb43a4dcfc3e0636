package dev.runyard.supervisor;

import dev.runyard.supervisor.config.SupervisorProperties;
import dev.runyard.supervisor.consume.WorkloadEnvironment;
import dev.runyard.supervisor.workload.WorkloadKind;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds out where workloads find this supervisor and the webapp.
final class Surroundings {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "0.0.0.0");

    private Surroundings() {}

    static WorkloadEnvironment.Surroundings of(SupervisorProperties properties, WorkloadKind kind, InstanceName name) {
        return switch (kind) {
            case PROCESS ->
                new WorkloadEnvironment.Surroundings(
                        properties.webappUrl(),
                        properties.process().workloadApiDomain(),
                        properties.port(),
                        name.value());
            case DOCKER ->
                new WorkloadEnvironment.Surroundings(
                        webappOfContainers(properties),
                        properties.docker().workloadApiDomain(),
                        properties.port(),
                        name.value());
        };
    }

    /// In a container, a loopback address is the container itself.
    private static URI webappOfContainers(SupervisorProperties properties) {
        URI configured = properties.docker().webappUrl();
        if (configured != null) {
            return configured;
        }
        URI webapp = properties.webappUrl();
        String host = webapp.getHost();
        return host != null && LOOPBACK.contains(host)
                ? URI.create(webapp.toString().replaceFirst(Pattern.quote(host), "host.docker.internal"))
                : webapp;
    }
}
