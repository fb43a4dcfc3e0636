package dev.runyard.webapp.auth;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;

/// Who may call one route.
///
/// @param callers kinds of credential
/// @param scopes what callers with scopes need one of; path variables in braces
/// @param handlerDecides whether the handler checks scopes
/// @param anyScope whether no scope is needed
public record RouteRule(Set<Credential> callers, List<String> scopes, boolean handlerDecides, boolean anyScope) {
    private static final Pattern SCOPE = Pattern.compile("([a-zA-Z]+):([a-zA-Z]+)(?::(.+))?");
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-zA-Z]+)}");

    /// An action on a resource.
    record Demand(String action, Resource resource) {}

    /// Reads what a handler declares; the method goes before its class.
    static Optional<RouteRule> of(HandlerMethod handler) {
        Permit permit = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), Permit.class);
        if (permit == null) {
            permit = AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), Permit.class);
        }
        return Optional.ofNullable(permit)
                .map(found -> new RouteRule(
                        Set.of(found.to()), List.of(found.scopes()), found.handlerDecides(), found.anyScope()));
    }

    /// Tells whether anybody may call.
    public boolean isOpen() {
        return callers.contains(Credential.NONE) || callers.contains(Credential.SIGNED_ADDRESS);
    }

    /// Returns what is wrong with the rule of a route.
    List<String> problems(Set<String> pathVariables) {
        List<String> problems = new ArrayList<>();
        if (callers.isEmpty()) {
            problems.add("permits nobody");
        }
        if (isOpen() && callers.size() > 1) {
            problems.add("asks for no credential and for one");
        }
        boolean hasScopes = callers.contains(Credential.KEY) || callers.contains(Credential.PUBLIC_TOKEN);
        if (hasScopes && scopes.isEmpty() && !handlerDecides && !anyScope) {
            problems.add("takes callers with scopes but names none; name some, or say anyScope = true");
        }
        for (String scope : scopes) {
            if (!SCOPE.matcher(scope).matches()) {
                problems.add("has the scope " + scope + ", which is not action:type or action:type:{variable}");
            }
            VARIABLE.matcher(scope)
                    .results()
                    .map(match -> match.group(1))
                    .filter(name -> !pathVariables.contains(name))
                    .forEach(name -> problems.add("has no path variable " + name));
        }
        return problems;
    }

    /// Returns what a caller with scopes must be permitted one of.
    List<Demand> demands(Map<String, String> pathVariables) {
        return scopes.stream().map(scope -> demand(scope, pathVariables)).toList();
    }

    private static Demand demand(String scope, Map<String, String> pathVariables) {
        Matcher matcher = SCOPE.matcher(scope);
        if (!matcher.matches()) {
            throw new IllegalStateException(scope + " is no scope");
        }
        String id = filled(matcher.group(3), pathVariables);
        return new Demand(matcher.group(1), new Resource(matcher.group(2), id));
    }

    private static @Nullable String filled(@Nullable String template, Map<String, String> pathVariables) {
        return template == null
                ? null
                : VARIABLE.matcher(template)
                        .replaceAll(match -> Matcher.quoteReplacement(pathVariables.getOrDefault(match.group(1), "")));
    }

    @Override
    public String toString() {
        return Arrays.toString(callers.toArray()) + scopes;
    }
}
