package dev.runyard.webapp.auth;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.util.ServletRequestPathUtils;

/// Tells which requests need no credential, before Spring has chosen their handler.
@Component
class OpenRoutes implements RequestMatcher {
    private final Routes routes;

    OpenRoutes(Routes routes) {
        this.routes = routes;
    }

    @Override
    public boolean matches(HttpServletRequest request) {
        return routes.isOpen(
                request.getMethod(), ServletRequestPathUtils.parse(request).pathWithinApplication());
    }
}
