package dev.runyard.webapp.session;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.config.AppProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
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
    private final SignIn signIn;
    private final SignOut signOut;
    private final LoginAttempts attempts;
    private final SessionProperties properties;
    private final boolean isSecure;

    LoginController(
            SignIn signIn, SignOut signOut, LoginAttempts attempts, SessionProperties properties, AppProperties app) {
        this.signIn = signIn;
        this.signOut = signOut;
        this.attempts = attempts;
        this.properties = properties;
        this.isSecure = "https".equals(app.origin().getScheme());
    }

    @Permit(to = Credential.NONE)
    @PostMapping("/login")
    ResponseEntity<?> login(@RequestBody LoginRequest login, HttpServletRequest request) {
        if (!attempts.allow(request.getRemoteAddr())) {
            return problem(HttpStatus.TOO_MANY_REQUESTS, "Too many tries to sign in. Wait a minute and try again.");
        }
        Optional<SecretToken> session =
                Optional.ofNullable(login.token()).map(SecretToken::new).flatMap(signIn::signIn);
        if (session.isEmpty()) {
            return problem(
                    HttpStatus.UNAUTHORIZED,
                    "This login link was used before or is too old. Restart the server to get a new one.");
        }
        return ResponseEntity.noContent()
                .header(
                        HttpHeaders.SET_COOKIE,
                        SessionCookie.issue(session.get(), properties.sessionLifetime(), isSecure))
                .build();
    }

    @Permit(to = Credential.SESSION)
    @PostMapping("/logout")
    ResponseEntity<Void> logout(HttpServletRequest request) {
        SessionCookie.read(request).ifPresent(signOut::signOut);
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, SessionCookie.expire(isSecure))
                .build();
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String sentence) {
        return ResponseEntity.status(status).body(ProblemDetail.forStatusAndDetail(status, sentence));
    }
}
