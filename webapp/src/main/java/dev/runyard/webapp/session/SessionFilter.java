package dev.runyard.webapp.session;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.auth.CallerAuthentication;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.web.filter.OncePerRequestFilter;

/// Tells who makes a request, by its session's cookie.
final class SessionFilter extends OncePerRequestFilter {
    private static final Duration SEEN_INTERVAL = Duration.ofMinutes(1);

    private final WebSessionRepository sessions;
    private final InstantSource clock;

    SessionFilter(WebSessionRepository sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Instant now = clock.instant();
        SessionCookie.read(request)
                .flatMap(token -> sessions.find(token, now, now.minus(SEEN_INTERVAL)))
                .ifPresent(user -> CallerAuthentication.set(user, Credential.SESSION));
        chain.doFilter(request, response);
    }

    /// Streams run on after their first dispatch; they stay signed in.
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }
}
