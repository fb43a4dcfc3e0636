package dev.runyard.webapp.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How people sign in.
///
/// @param loginLinkLifetime how long a printed link may be used
/// @param sessionLifetime how long a session lasts
/// @param maxLoginsPerMinute tries of one address per minute
@ConfigurationProperties("runyard.session")
record SessionProperties(
        @DefaultValue("24h") Duration loginLinkLifetime,
        @DefaultValue("14d") Duration sessionLifetime,
        @DefaultValue("10") int maxLoginsPerMinute) {}
