package dev.runyard.webapp.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How people sign in.
///
/// @param loginLinkLifetime how long a printed link may be used
/// @param invitationLifetime how long the link of an invitation may be used
/// @param mailedLinkLifetime how long a link that was mailed may be used
/// @param sessionLifetime how long a session lasts
/// @param maxLoginsPerMinute tries of one address, and tries at one account, per minute
/// @param minPasswordLength fewest characters of a password
/// @param passwordStrength logarithm of the rounds by which passwords are hashed
@ConfigurationProperties("runyard.session")
record SessionProperties(
        @DefaultValue("24h") Duration loginLinkLifetime,
        @DefaultValue("7d") Duration invitationLifetime,
        @DefaultValue("15m") Duration mailedLinkLifetime,
        @DefaultValue("14d") Duration sessionLifetime,
        @DefaultValue("10") int maxLoginsPerMinute,
        @DefaultValue("12") int minPasswordLength,
        @DefaultValue("12") int passwordStrength) {}
