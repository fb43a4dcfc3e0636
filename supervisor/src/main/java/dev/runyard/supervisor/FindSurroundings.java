package dev.runyard.supervisor;

import dev.runyard.supervisor.config.SupervisorProperties;
import dev.runyard.supervisor.consume.WorkloadEnvironment;
import dev.runyard.supervisor.workload.WorkloadKind;
import dev.runyard.supervisor.workloadapi.TranslateAddresses;
import java.net.URI;
import java.util.Objects;

/// Finds out where workloads find this supervisor and the webapp.
final class FindSurroundings {
    private FindSurroundings() {}

    static WorkloadEnvironment.Surroundings of(SupervisorProperties properties, WorkloadKind kind, InstanceName name) {
        return switch (kind) {
            case PROCESS ->
                new WorkloadEnvironment.Surroundings(
                        properties.webappUrl(),
                        properties.process().workloadApiDomain(),
                        properties.port(),
                        name.value(),
                        properties.warm().isOn());
            case DOCKER ->
                new WorkloadEnvironment.Surroundings(
                        webappOfContainers(properties),
                        properties.docker().workloadApiDomain(),
                        properties.port(),
                        name.value(),
                        properties.warm().isOn());
            case KUBERNETES ->
                new WorkloadEnvironment.Surroundings(
                        Objects.requireNonNullElse(properties.kubernetes().webappUrl(), properties.webappUrl()),
                        properties.kubernetes().workloadApiDomain(),
                        properties.port(),
                        name.value(),
                        properties.warm().isOn());
        };
    }

    /// In a container, a loopback address is the container itself.
    private static URI webappOfContainers(SupervisorProperties properties) {
        URI configured = properties.docker().webappUrl();
        if (configured != null) {
            return configured;
        }
        URI webapp = properties.webappUrl();
        return TranslateAddresses.isLoopback(webapp)
                ? TranslateAddresses.at(webapp, "host.docker.internal:" + port(webapp))
                : webapp;
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equals(address.getScheme()) ? 443 : 80;
    }
}
