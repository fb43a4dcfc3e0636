package dev.runyard.webapp.config;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Values that new things of the control plane start with.
///
/// @param environmentConcurrency runs of a deployed environment that may execute at once
/// @param developmentConcurrency runs of a development environment that may execute at once
@ConfigurationProperties("runyard.defaults")
public record DefaultsProperties(
        @DefaultValue("100") int environmentConcurrency,
        @DefaultValue("25") int developmentConcurrency) {
    public DefaultsProperties {
        if (environmentConcurrency < 0 || developmentConcurrency < 0) {
            throw new IllegalArgumentException("runyard.defaults: a concurrency must be 0 or more");
        }
    }
}
