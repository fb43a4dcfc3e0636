package dev.runyard.webapp.session;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Turns a login link into a session.
@Component
class SignIn {
    private final LoginLinkRepository links;
    private final WebSessionRepository sessions;
    private final SessionProperties properties;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    SignIn(
            LoginLinkRepository links,
            WebSessionRepository sessions,
            SessionProperties properties,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.links = links;
        this.sessions = sessions;
        this.properties = properties;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Returns the token of a new session, or nothing where the link is unknown, used or too old.
    Optional<SecretToken> signIn(SecretToken link) {
        Instant now = clock.instant();
        return transactions.execute(_ -> links.use(link, now).map(user -> {
            links.deleteExpired(now);
            sessions.deleteExpired(now);
            SecretToken session = SecretToken.random();
            sessions.save(session, user.id(), now, now.plus(properties.sessionLifetime()));
            return session;
        }));
    }
}
