package dev.runyard.webapp.session.oidc;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Sends a browser to the identity provider.
@Component
class LeaveForProvider {
    private final FindProvider providers;
    private final OidcAttemptRepository attempts;
    private final AttemptCookie cookie;
    private final OidcProperties properties;
    private final InstantSource clock;

    LeaveForProvider(
            FindProvider providers,
            OidcAttemptRepository attempts,
            AttemptCookie cookie,
            OidcProperties properties,
            InstantSource clock) {
        this.providers = providers;
        this.attempts = attempts;
        this.cookie = cookie;
        this.properties = properties;
        this.clock = clock;
    }

    /// @param address where the browser goes
    /// @param cookie what it takes along
    record Departure(String address, String cookie) {}

    /// @param returnTo page to show afterwards
    Departure leave(@Nullable String returnTo) {
        Provider provider = providers.find();
        AttemptSecret secret = AttemptSecret.random();
        Instant now = clock.instant();
        attempts.deleteExpired(now);
        attempts.save(secret, ReturnPath.of(returnTo), now.plus(properties.attemptLifetime()));
        return new Departure(provider.address(secret), cookie.issue(secret));
    }
}
