package dev.runyard.webapp.auth;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// All routes with their rules, as Spring knows them. A route that says not, or wrongly, who may call it stops the
/// start.
@Component
public class Routes implements SmartInitializingSingleton {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\*?([a-zA-Z]+)(?::[^}]*)?}");

    private final ObjectProvider<RequestMappingHandlerMapping> mapping;
    private volatile Map<Method, RouteRule> rules = Map.of();
    private volatile List<Route> routes = List.of();
    private volatile List<Open> open = List.of();

    Routes(@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mapping) {
        this.mapping = mapping;
    }

    /// One route.
    ///
    /// @param method such as `GET`; `*` for all
    /// @param pattern such as `/api/v3/runs/{run}`
    /// @param rule who may call it
    /// @param handler what answers
    public record Route(String method, String pattern, RouteRule rule, HandlerMethod handler) {
        /// Returns the names of the variables in the pattern, in order.
        public Set<String> variables() {
            return variablesOf(pattern);
        }

        @Override
        public String toString() {
            return method + " " + pattern;
        }
    }

    private record Open(String method, PathPattern pattern) {}

    /// Lists all routes, sorted by pattern and method.
    public List<Route> all() {
        return routes;
    }

    /// Returns the rule of a handler.
    RouteRule ruleOf(HandlerMethod handler) {
        return Optional.ofNullable(rules.get(handler.getMethod()))
                .orElseThrow(() -> new IllegalStateException(handler + " does not say who may call it"));
    }

    /// Tells whether a request needs no credential.
    boolean isOpen(String method, PathContainer path) {
        return open.stream()
                .anyMatch(one -> (one.method().equals("*") || one.method().equals(method))
                        && one.pattern().matches(path));
    }

    @Override
    public void afterSingletonsInstantiated() {
        read(mapping.getObject().getHandlerMethods());
    }

    void read(Map<RequestMappingInfo, HandlerMethod> handlers) {
        List<String> problems = new ArrayList<>();
        List<Route> found = new ArrayList<>();
        Map<Method, RouteRule> byMethod = new HashMap<>();
        handlers.forEach((info, handler) -> {
            Optional<RouteRule> rule = RouteRule.of(handler);
            if (rule.isEmpty()) {
                problems.add(info + " (" + handler + ") has no @Permit");
                return;
            }
            byMethod.put(handler.getMethod(), rule.get());
            for (String pattern : info.getPatternValues()) {
                rule.get().problems(variablesOf(pattern)).forEach(problem -> problems.add(pattern + " " + problem));
                methodsOf(info).forEach(method -> found.add(new Route(method, pattern, rule.get(), handler)));
            }
        });
        if (!problems.isEmpty()) {
            throw new IllegalStateException("Every route must say who may call it: " + String.join("; ", problems));
        }
        rules = Map.copyOf(byMethod);
        routes = found.stream()
                .sorted(Comparator.comparing(Route::pattern).thenComparing(Route::method))
                .toList();
        open = routes.stream()
                .filter(route -> route.rule().isOpen())
                .map(route -> new Open(route.method(), PathPatternParser.defaultInstance.parse(route.pattern())))
                .toList();
    }

    private static Set<String> methodsOf(RequestMappingInfo info) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        return methods.isEmpty()
                ? Set.of("*")
                : methods.stream().map(Enum::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> variablesOf(String pattern) {
        return VARIABLE.matcher(pattern)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
