package dev.runyard.webapp.session;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.session.ChangePassword.Change;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/// A person's own account: their password, and the browsers that are signed in as them.
@RestController
@Permit(to = Credential.SESSION)
@RequestMapping("/api/dashboard/v1/account")
class AccountController {
    private final OwnSessions sessions;
    private final ChangePassword changePassword;
    private final LoginAttempts attempts;

    AccountController(OwnSessions sessions, ChangePassword changePassword, LoginAttempts attempts) {
        this.sessions = sessions;
        this.changePassword = changePassword;
        this.attempts = attempts;
    }

    /// @param hasPassword whether the person can sign in with one
    record Account(String email, String name, boolean hasPassword) {}

    record SessionList(List<ListedSession> data) {}

    /// @param current the present password
    /// @param password the new one
    record PasswordRequest(
            @Nullable String current, @Nullable String password) {
        @Override
        public String toString() {
            return "PasswordRequest[***]";
        }
    }

    @GetMapping
    Account show(@AuthenticationPrincipal SignedInUser user) {
        return new Account(user.email(), user.name(), changePassword.hasPassword(user));
    }

    @PutMapping("/password")
    ResponseEntity<?> changePassword(
            @AuthenticationPrincipal SignedInUser user, @RequestBody PasswordRequest body, HttpServletRequest request) {
        if (!attempts.allow("password " + user.id())) {
            return problem(HttpStatus.TOO_MANY_REQUESTS, "Too many tries. Wait a minute and try again.");
        }
        Change change = new Change(body.current(), Objects.requireNonNullElse(body.password(), ""));
        Optional<String> refusal = changePassword.change(user, current(request), change);
        return refusal.isEmpty() ? ResponseEntity.noContent().build() : problem(HttpStatus.BAD_REQUEST, refusal.get());
    }

    @GetMapping("/sessions")
    SessionList sessions(@AuthenticationPrincipal SignedInUser user, HttpServletRequest request) {
        return new SessionList(sessions.list(user, current(request)));
    }

    @DeleteMapping("/sessions")
    ResponseEntity<Void> endOthers(@AuthenticationPrincipal SignedInUser user, HttpServletRequest request) {
        sessions.endOthers(user, current(request));
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/sessions/{session}")
    ResponseEntity<Void> end(@AuthenticationPrincipal SignedInUser user, @PathVariable String session) {
        if (!parse(session).map(id -> sessions.end(user, id)).orElse(false)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such session.");
        }
        return ResponseEntity.noContent().build();
    }

    /// Whoever is signed in has one.
    private static SecretToken current(HttpServletRequest request) {
        return SessionCookie.read(request).orElseThrow();
    }

    private static Optional<UUID> parse(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String sentence) {
        return ResponseEntity.status(status).body(ProblemDetail.forStatusAndDetail(status, sentence));
    }
}
