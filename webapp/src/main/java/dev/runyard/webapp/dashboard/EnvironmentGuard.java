package dev.runyard.webapp.dashboard;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.session.SignedInUser;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.tenant.TenantEnvironment;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Keeps people to the environments of their organizations, whatever the route. An environment of others is as unknown
/// as one that does not exist. Who may only look changes nothing.
@Configuration(proxyBeanMethods = false)
class EnvironmentGuard implements WebMvcConfigurer, HandlerInterceptor {
    private static final String ROUTES = "/api/dashboard/v1/environments/**";
    private static final int AFTER_WHO_CALLS = 0;

    private final Memberships memberships;

    EnvironmentGuard(Memberships memberships) {
        this.memberships = memberships;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns(ROUTES).order(AFTER_WHO_CALLS);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Optional<String> name = environmentOf(request);
        if (name.isEmpty()) {
            return true;
        }
        SignedInUser user = user();
        TenantEnvironment environment =
                memberships.find(user.id(), parse(name.get())).orElseThrow(EnvironmentGuard::unknown);
        boolean changes =
                !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
        Role role = memberships.role(user.id(), environment).orElseThrow(EnvironmentGuard::unknown);
        if (changes && !role.includes(Role.DEVELOPER)) {
            throw new ResponseStatusException(
                    HttpStatus.FORBIDDEN, "Your role in this organization lets you look, but not change anything.");
        }
        return true;
    }

    private static Optional<String> environmentOf(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                        && variables.get("environment") instanceof String name
                ? Optional.of(name)
                : Optional.empty();
    }

    private static SignedInUser user() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof SignedInUser user) {
            return user;
        }
        throw unknown();
    }

    private static EnvironmentId parse(String text) {
        try {
            return EnvironmentId.parse(text);
        } catch (IllegalArgumentException _) {
            throw unknown();
        }
    }

    /// Handlers of several packages stand behind this, and each has its own form of errors.
    private static ResponseStatusException unknown() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such environment.");
    }
}
