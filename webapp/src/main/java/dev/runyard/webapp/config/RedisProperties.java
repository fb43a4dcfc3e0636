package dev.runyard.webapp.config;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where Redis is.
///
/// @param url such as `redis://:password@localhost:6379`; `rediss://` for TLS
@ConfigurationProperties("runyard.redis")
public record RedisProperties(
        @DefaultValue("redis://localhost:6379") Secret url) {}
