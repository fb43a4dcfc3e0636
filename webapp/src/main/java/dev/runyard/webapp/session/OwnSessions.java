package dev.runyard.webapp.session;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// The sessions of one person, as that person sees and ends them.
@Component
class OwnSessions {
    private final WebSessionRepository sessions;
    private final InstantSource clock;

    OwnSessions(WebSessionRepository sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    List<ListedSession> list(SignedInUser user, SecretToken current) {
        return sessions.list(user.id(), current, clock.instant());
    }

    /// Ends one; false where the person has none of this id.
    boolean end(SignedInUser user, UUID session) {
        return sessions.delete(user.id(), session);
    }

    void endOthers(SignedInUser user, SecretToken kept) {
        sessions.deleteOthers(user.id(), kept);
    }
}
