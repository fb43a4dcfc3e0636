package dev.runyard.supervisor.workload.docker;

import dev.runyard.supervisor.config.DockerProperties.RegistryLogin;
import java.util.List;
import java.util.Optional;

/// Finds the credentials for the registry that an image comes from.
final class RegistryLogins {
    private static final String DEFAULT_HOST = "docker.io";

    private RegistryLogins() {}

    static Optional<RegistryLogin> find(List<RegistryLogin> logins, String image) {
        String host = host(image);
        return logins.stream().filter(login -> login.host().equals(host)).findFirst();
    }

    /// Returns the registry of an image. A first part without a dot or a port is a name at the default registry.
    static String host(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean isHost = first.contains(".") || first.contains(":") || "localhost".equals(first);
        return isHost ? first : DEFAULT_HOST;
    }
}
