package dev.runyard.supervisor.workloadapi;

import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Replaces addresses of the webapp that only hold outside of a container.
///
/// A webapp on a developer's machine names itself `localhost`. To a task in a container that would be the container.
public final class TranslateAddresses {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "0.0.0.0");
    private static final List<String> VARIABLES = List.of(
            "TRIGGER_API_URL",
            "TRIGGER_STREAM_URL",
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "TRIGGER_OTEL_EXPORTER_OTLP_ENDPOINT");

    private final @Nullable URI webapp;

    private TranslateAddresses(@Nullable URI webapp) {
        this.webapp = webapp;
    }

    /// For workloads that share the supervisor's network.
    public static TranslateAddresses none() {
        return new TranslateAddresses(null);
    }

    /// For workloads that find the webapp under another address.
    public static TranslateAddresses to(URI webapp) {
        return new TranslateAddresses(webapp);
    }

    /// Tells whether an address means the machine of whoever uses it.
    public static boolean isLoopback(URI address) {
        return address.getHost() != null && LOOPBACK.contains(address.getHost());
    }

    /// Returns an address with the host and port of another one.
    public static URI at(URI address, String authority) {
        return URI.create(address.getScheme() + "://" + authority + address.getRawPath());
    }

    /// Translates the variables in the answer to a start.
    ///
    /// @return whether anything was changed
    boolean translate(JsonNode started) {
        if (webapp == null || !(started.path("envVars") instanceof ObjectNode variables)) {
            return false;
        }
        boolean isChanged = false;
        for (String name : VARIABLES) {
            String value = variables.path(name).asString("");
            if (value.startsWith("http") && isLoopback(URI.create(value))) {
                variables.put(
                        name, at(URI.create(value), webapp.getRawAuthority()).toString());
                isChanged = true;
            }
        }
        return isChanged;
    }
}
