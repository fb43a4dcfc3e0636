package dev.runyard.webapp.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Component;

/// Refuses to start with a `runyard.*` key that nothing reads: a misspelled setting would otherwise have no
/// effect and no one would know.
///
/// Keys are compared without dots, dashes and underscores, because an environment variable has only underscores for
/// both.
/// Keys of the other processes are let through: their variables often stand in the same environment.
@Component
final class UnknownKeys implements SmartInitializingSingleton {
    private static final String ROOT = "runyard.";
    private static final List<String> OTHER_PROCESSES = List.of(
            "runyard.supervisor", "runyard.runner", "runyard.lease", "runyard.require", "runyard.cli", "runyard.up");

    private final ApplicationContext context;
    private final ConfigurableEnvironment environment;

    UnknownKeys(ApplicationContext context, ConfigurableEnvironment environment) {
        this.context = context;
        this.environment = environment;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Collection<Object> settings =
                context.getBeansWithAnnotation(ConfigurationProperties.class).values();
        Set<String> known = keysOf(settings).stream().map(UnknownKeys::squeeze).collect(Collectors.toSet());
        Set<String> unknown =
                given().filter(key -> !known.contains(squeeze(key))).collect(Collectors.toCollection(TreeSet::new));
        if (!unknown.isEmpty()) {
            throw new WrongSettingException(
                    "Unknown settings: " + String.join(", ", unknown),
                    "Correct or remove them. These settings exist:\n  " + String.join("\n  ", keysOf(settings)));
        }
    }

    private Stream<String> given() {
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .filter(IterableConfigurationPropertySource.class::isInstance)
                .map(IterableConfigurationPropertySource.class::cast)
                .flatMap(IterableConfigurationPropertySource::stream)
                .map(ConfigurationPropertyName::toString)
                .filter(key -> key.startsWith(ROOT))
                .filter(key -> OTHER_PROCESSES.stream().noneMatch(key::startsWith));
    }

    private static Set<String> keysOf(Collection<Object> settings) {
        return settings.stream()
                .flatMap(bean -> keysOf(bean.getClass()))
                .filter(key -> key.startsWith(ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> keysOf(Class<?> type) {
        ConfigurationProperties annotation = type.getAnnotation(ConfigurationProperties.class);
        if (annotation == null || !type.isRecord()) {
            return Stream.empty();
        }
        String prefix = annotation.value().isEmpty() ? annotation.prefix() : annotation.value();
        return keysOf(type, prefix);
    }

    /// A setting that is a record of ours is a group of settings.
    private static Stream<String> keysOf(Class<?> type, String prefix) {
        return Arrays.stream(type.getRecordComponents()).flatMap(component -> {
            String key = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
            boolean isGroup =
                    component.getType().isRecord() && component.getType().getEnclosingClass() != null;
            return isGroup ? keysOf(component.getType(), key) : Stream.of(key);
        });
    }

    private static String squeeze(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[.\\-_]", "");
    }
}
