package dev.runyard.webapp.auth;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.ErrorResponses;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/// Holds every call of a route to the route's rule. The filter chains tell who calls; what they may do is decided here,
/// where the route is known.
@Component
class RouteGuard implements HandlerInterceptor {
    private final Routes routes;
    private final ErrorResponses errors;

    RouteGuard(Routes routes, ErrorResponses errors) {
        this.routes = routes;
        this.errors = errors;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!(handler instanceof HandlerMethod method)) {
            return true;
        }
        RouteRule rule = routes.ruleOf(method);
        if (rule.isOpen()) {
            return true;
        }
        Optional<CallerAuthentication> caller = CallerAuthentication.current();
        if (caller.isEmpty() || !rule.callers().contains(caller.get().credential())) {
            errors.write(response, HttpStatus.UNAUTHORIZED, sentence(rule));
            return false;
        }
        if (caller.get().getPrincipal() instanceof ApiCaller api && !isPermitted(api, rule, request)) {
            throw ApiException.notPermitted();
        }
        return true;
    }

    private static boolean isPermitted(ApiCaller caller, RouteRule rule, HttpServletRequest request) {
        return rule.anyScope()
                || rule.handlerDecides()
                || rule.demands(pathVariables(request)).stream()
                        .anyMatch(demand -> caller.may(demand.action(), demand.resource()));
    }

    @SuppressWarnings("unchecked") // Spring documents the type
    private static Map<String, String> pathVariables(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables instanceof Map<?, ?> map ? (Map<String, String>) map : Map.of();
    }

    private static String sentence(RouteRule rule) {
        if (rule.callers().contains(Credential.KEY) || rule.callers().contains(Credential.PUBLIC_TOKEN)) {
            return "Invalid or Missing API key";
        }
        return rule.callers().contains(Credential.PERSONAL_TOKEN)
                ? "Invalid or Missing Access Token"
                : "Invalid or missing credential";
    }
}
