package dev.runyard.webapp.failure;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.session.SignedInUser;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/// Writes down what a person thinks of a kind of failure.
@Component
public class DecideOnFailure {
    private final FailureRepository failures;
    private final InstantSource clock;

    DecideOnFailure(FailureRepository failures, InstantSource clock) {
        this.failures = failures;
        this.clock = clock;
    }

    /// Returns false where there is no such failure.
    public boolean decide(SignedInUser user, EnvironmentId environment, String fingerprint, FailureState state) {
        if (!failures.exists(environment, fingerprint)) {
            return false;
        }
        if (state == FailureState.OPEN) {
            failures.reopen(environment, fingerprint);
        } else {
            failures.decide(
                    environment, fingerprint, new FailureRepository.Decision(state, user.email(), clock.instant()));
        }
        return true;
    }
}
