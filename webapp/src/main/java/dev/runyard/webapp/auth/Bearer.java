package dev.runyard.webapp.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/// The credential of a request.
final class Bearer {
    private static final String PREFIX = "bearer ";

    private Bearer() {}

    /// Reads the Authorization header; the word `Bearer` may be missing.
    static Optional<String> read(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return Optional.empty();
        }
        String text = header.strip();
        String credential = text.toLowerCase(Locale.ROOT).startsWith(PREFIX)
                ? text.substring(PREFIX.length()).strip()
                : text;
        return credential.isEmpty() ? Optional.empty() : Optional.of(credential);
    }
}
