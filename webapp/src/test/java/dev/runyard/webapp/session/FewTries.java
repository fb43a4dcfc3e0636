package dev.runyard.webapp.session;

import java.time.Duration;

/// Limits of tries to sign in that tests can reach.
public final class FewTries {
    private FewTries() {}

    public static LoginAttempts perMinute(int limit) {
        Duration any = Duration.ofHours(1);
        return new LoginAttempts(new SessionProperties(any, any, any, any, limit, 12, 4));
    }
}
