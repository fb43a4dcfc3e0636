package dev.runyard.webapp.session;

import org.springframework.stereotype.Component;

/// Ends a session.
@Component
class SignOut {
    private final WebSessionRepository sessions;

    SignOut(WebSessionRepository sessions) {
        this.sessions = sessions;
    }

    void signOut(SecretToken session) {
        sessions.delete(session);
    }
}
