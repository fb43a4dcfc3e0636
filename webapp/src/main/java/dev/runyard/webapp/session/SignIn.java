package dev.runyard.webapp.session;

import dev.runyard.webapp.tenant.AuditPerson;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Turns a login link, a password, or the word of an identity provider into a session. Each success, and each refusal
/// that concerns an account, is in the record of the organizations that the person belongs to.
@Component
class SignIn {
    private static final String BEGIN = "session.begin";
    private static final String REFUSE = "session.refuse";
    private static final String PROVIDER = "identity provider";

    private final LoginLinkRepository links;
    private final UserRepository users;
    private final WebSessionRepository sessions;
    private final PasswordRules passwords;
    private final AuditPerson audit;
    private final SessionProperties properties;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    SignIn(
            LoginLinkRepository links,
            UserRepository users,
            WebSessionRepository sessions,
            PasswordRules passwords,
            AuditPerson audit,
            SessionProperties properties,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.links = links;
        this.users = users;
        this.sessions = sessions;
        this.passwords = passwords;
        this.audit = audit;
        this.properties = properties;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Returns the token of a new session, or nothing where the link is unknown, used or too old.
    Optional<SecretToken> byLink(SecretToken link, Visitor visitor) {
        Instant now = clock.instant();
        return transactions.execute(_ -> links.use(link, now).map(user -> {
            links.deleteExpired(now);
            note(user.id(), user.email(), visitor, BEGIN, "login link");
            return open(user.id(), visitor, now);
        }));
    }

    /// Returns the token of a new session, or nothing where address and password do not belong together.
    Optional<SecretToken> byPassword(String email, String password, Visitor visitor) {
        Optional<UserRepository.Kept> kept = users.findPassword(email.strip());
        boolean isRight = passwords.matches(password, kept.map(UserRepository.Kept::passwordHash));
        kept.ifPresent(user -> note(user.id(), user.email(), visitor, isRight ? BEGIN : REFUSE, "password"));
        if (!isRight) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return kept.map(user -> transactions.execute(_ -> open(user.id(), visitor, now)));
    }

    /// Returns the token of a new session for somebody whom an identity provider names. Their unused links end: whoever
    /// invited them may hold one, and they need none any more.
    SecretToken byProvider(SignedInUser user, Visitor visitor) {
        Instant now = clock.instant();
        note(user.id(), user.email(), visitor, BEGIN, PROVIDER);
        return transactions.execute(_ -> {
            links.end(user.id(), now);
            return open(user.id(), visitor, now);
        });
    }

    /// Notes that an identity provider named somebody, but not in a way that lets them in.
    void refuseByProvider(SignedInUser user, Visitor visitor) {
        note(user.id(), user.email(), visitor, REFUSE, PROVIDER);
    }

    private void note(UUID user, String email, Visitor visitor, String action, String by) {
        audit.add(new AuditPerson.Actor(user, email, visitor.address()), action, by);
    }

    private SecretToken open(UUID user, Visitor visitor, Instant now) {
        sessions.deleteExpired(now);
        users.signedIn(user, now);
        SecretToken session = SecretToken.random();
        sessions.save(
                session, user, visitor, new WebSessionRepository.Lifetime(now, now.plus(properties.sessionLifetime())));
        return session;
    }
}
