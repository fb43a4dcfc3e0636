package dev.runyard.webapp.config;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// Logs at start what this server runs with. Secrets print themselves as `***`, and of the database only the address.
@Component
final class ConfigSummary {
    private static final Logger log = LoggerFactory.getLogger(ConfigSummary.class);

    private final ApplicationContext context;
    private final Environment environment;

    ConfigSummary(ApplicationContext context, Environment environment) {
        this.context = context;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void print() {
        Map<String, String> settings = new TreeMap<>();
        context.getBeansWithAnnotation(ConfigurationProperties.class).values().forEach(bean -> {
            ConfigurationProperties annotation = bean.getClass().getAnnotation(ConfigurationProperties.class);
            if (annotation != null && annotation.value().startsWith("runyard") && bean instanceof Record) {
                settings.put(annotation.value(), bean.toString().replaceFirst("^\\w+", ""));
            }
        });
        String database = Objects.requireNonNullElse(environment.getProperty("spring.datasource.url"), "")
                .replaceAll("[?].*", "");
        log.info(
                "Ready at port {} with database {} and\n{}",
                environment.getProperty("local.server.port"),
                database,
                settings.entrySet().stream()
                        .map(entry -> "  " + entry.getKey() + entry.getValue())
                        .collect(Collectors.joining("\n")));
    }
}
