package dev.runyard.webapp.auth;

import dev.runyard.webapp.config.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings of credentials.
///
/// @param managedWorkerSecret second secret that supervisors must send, where one is set
/// @param publicTokenLifetime how long the token that a trigger call returns is valid
/// @param runTokenLifetime how long a run may send its logs after its attempt started
/// @param keyRotationOverlap how long an environment's former key is taken after a rotation
@ConfigurationProperties("runyard.auth")
public record AuthProperties(
        @Nullable Secret managedWorkerSecret,
        @DefaultValue("1h") Duration publicTokenLifetime,
        @DefaultValue("30d") Duration runTokenLifetime,
        @DefaultValue("24h") Duration keyRotationOverlap) {}
