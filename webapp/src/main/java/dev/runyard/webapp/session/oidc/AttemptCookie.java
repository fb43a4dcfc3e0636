package dev.runyard.webapp.session.oidc;

import dev.runyard.webapp.config.AppProperties;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/// The cookie that carries the secret of a sign-in. It is Lax, not Strict: the way back begins at the provider.
@Component
class AttemptCookie {
    static final String NAME = "runyard_oidc";

    private final Duration lifetime;
    private final boolean isSecure;

    AttemptCookie(OidcProperties properties, AppProperties app) {
        this.lifetime = properties.attemptLifetime();
        this.isSecure = "https".equals(app.origin().getScheme());
    }

    static Optional<AttemptSecret> read(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(NAME)
                                && !cookie.getValue().isEmpty())
                        .findFirst()
                        .map(cookie -> new AttemptSecret(cookie.getValue()));
    }

    String issue(AttemptSecret secret) {
        return build(secret.text(), lifetime);
    }

    String expire() {
        return build("", Duration.ZERO);
    }

    private String build(String value, Duration maxAge) {
        return ResponseCookie.from(NAME, value)
                .httpOnly(true)
                .secure(isSecure)
                .sameSite("Lax")
                .path(OidcController.ROOT)
                .maxAge(maxAge)
                .build()
                .toString();
    }
}
