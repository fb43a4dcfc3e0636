package dev.runyard.webapp.session;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/// Where a session comes from, so that people recognize their own.
///
/// @param userAgent what the browser says of itself
/// @param address its network address
record Visitor(@Nullable String userAgent, String address) {
    private static final int LONGEST = 300;

    static Visitor of(HttpServletRequest request) {
        String agent = request.getHeader("User-Agent");
        return new Visitor(
                agent == null ? null : agent.substring(0, Math.min(LONGEST, agent.length())), request.getRemoteAddr());
    }
}
