package dev.runyard.webapp.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// What a first start sets up, so that a new installation works without further steps.
///
/// @param enabled whether a first start makes an organization, a project, its environments and a worker group
/// @param workerTokenPath file that gets the worker group's token
/// @param secretsPath file that gets the environments' secret keys
/// @param loginLinkPath file that gets a login link at every start
@ConfigurationProperties("runyard.bootstrap")
public record BootstrapProperties(
        boolean enabled,
        @Nullable Path workerTokenPath,
        @Nullable Path secretsPath,
        @Nullable Path loginLinkPath) {}
