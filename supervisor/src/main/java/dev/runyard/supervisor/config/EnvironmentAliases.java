package dev.runyard.supervisor.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/// Reads the environment variables that operators know from elsewhere. Settings of our own names win over them.
public final class EnvironmentAliases implements EnvironmentPostProcessor {
    private static final Map<String, String> ALIASES = Map.of(
            "TRIGGER_API_URL", "runyard.supervisor.webapp-url",
            "TRIGGER_WORKER_TOKEN", "runyard.supervisor.worker-token",
            "TRIGGER_WORKER_INSTANCE_NAME", "runyard.supervisor.instance-name",
            "MANAGED_WORKER_SECRET", "runyard.supervisor.managed-secret",
            "DOCKER_HOST", "runyard.supervisor.docker.host");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<String, Object> values = new LinkedHashMap<>();
        ALIASES.forEach((alias, key) -> {
            Object value = environment.getSystemEnvironment().get(alias);
            if (value != null && !value.toString().isBlank()) {
                values.put(key, value);
            }
        });
        environment.getPropertySources().addLast(new MapPropertySource("environmentAliases", values));
    }
}
