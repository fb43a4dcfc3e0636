package dev.runyard.webapp.session;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.ResponseCookie;

/// The cookie that carries a session's token.
final class SessionCookie {
    private static final String NAME = "runyard_session";

    private SessionCookie() {}

    static Optional<SecretToken> read(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        return Arrays.stream(cookies)
                .filter(cookie ->
                        cookie.getName().equals(NAME) && !cookie.getValue().isEmpty())
                .findFirst()
                .map(cookie -> new SecretToken(cookie.getValue()));
    }

    static String issue(SecretToken token, Duration lifetime, boolean isSecure) {
        return build(token.text(), lifetime, isSecure);
    }

    static String expire(boolean isSecure) {
        return build("", Duration.ZERO, isSecure);
    }

    private static String build(String value, Duration lifetime, boolean isSecure) {
        return ResponseCookie.from(NAME, value)
                .httpOnly(true)
                .secure(isSecure)
                .sameSite("Lax")
                .path("/")
                .maxAge(lifetime)
                .build()
                .toString();
    }
}
