package dev.runyard.webapp.session;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.shared.StorableText;
import dev.runyard.webapp.config.AppProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/dashboard/v1")
class LoginController {
    private static final String BAD_LINK =
            "This login link was used before or is too old. Restart the server to get a new one.";
    private static final String BAD_PASSWORD = "This address and this password do not belong together.";

    private final SignIn signIn;
    private final SignOut signOut;
    private final MailLoginLink mailLink;
    private final LoginAttempts attempts;
    private final SessionProperties properties;
    private final boolean isSecure;

    LoginController(
            SignIn signIn,
            SignOut signOut,
            MailLoginLink mailLink,
            LoginAttempts attempts,
            SessionProperties properties,
            AppProperties app) {
        this.signIn = signIn;
        this.signOut = signOut;
        this.mailLink = mailLink;
        this.attempts = attempts;
        this.properties = properties;
        this.isSecure = "https".equals(app.origin().getScheme());
    }

    @Permit(to = Credential.NONE)
    @PostMapping("/login")
    ResponseEntity<?> login(@RequestBody LoginRequest login, HttpServletRequest request) {
        if (!attempts.allow(request.getRemoteAddr()) || !mayTryAccount(login.email())) {
            return problem(HttpStatus.TOO_MANY_REQUESTS, "Too many tries to sign in. Wait a minute and try again.");
        }
        Visitor visitor = Visitor.of(request);
        Optional<SecretToken> session = login.email() == null
                ? Optional.ofNullable(login.token()).map(SecretToken::new).flatMap(link -> signIn.byLink(link, visitor))
                : signIn.byPassword(
                        StorableText.check("email", login.email()),
                        Objects.requireNonNullElse(login.password(), ""),
                        visitor);
        if (session.isEmpty()) {
            return problem(HttpStatus.UNAUTHORIZED, login.email() == null ? BAD_LINK : BAD_PASSWORD);
        }
        return ResponseEntity.noContent()
                .header(
                        HttpHeaders.SET_COOKIE,
                        SessionCookie.issue(session.get(), properties.sessionLifetime(), isSecure))
                .build();
    }

    /// @param email where to send a link to
    record LinkRequest(@Nullable String email) {}

    @Permit(to = Credential.NONE)
    @PostMapping("/login/mail")
    ResponseEntity<?> mailLink(@RequestBody LinkRequest body, HttpServletRequest request) {
        String email = Objects.requireNonNullElse(body.email(), "");
        if (!attempts.allow(request.getRemoteAddr()) || !mayTryAccount(email)) {
            return problem(HttpStatus.TOO_MANY_REQUESTS, "Too many tries to sign in. Wait a minute and try again.");
        }
        if (!mailLink.isPossible()) {
            return problem(
                    HttpStatus.BAD_REQUEST,
                    "This server has no mail server. It prints a login link whenever it starts, and administrators can"
                            + " invite.");
        }
        mailLink.send(StorableText.check("email", email));
        return ResponseEntity.accepted().build();
    }

    @Permit(to = Credential.SESSION)
    @PostMapping("/logout")
    ResponseEntity<Void> logout(HttpServletRequest request) {
        SessionCookie.read(request).ifPresent(signOut::signOut);
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, SessionCookie.expire(isSecure))
                .build();
    }

    /// Many addresses together must not guess one password either.
    private boolean mayTryAccount(@Nullable String email) {
        return email == null || attempts.allow("account " + email.strip().toLowerCase(Locale.ROOT));
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String sentence) {
        return ResponseEntity.status(status).body(ProblemDetail.forStatusAndDetail(status, sentence));
    }
}
