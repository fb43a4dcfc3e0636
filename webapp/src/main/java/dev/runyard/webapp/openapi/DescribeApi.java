package dev.runyard.webapp.openapi;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.body.Answers;
import dev.runyard.webapp.auth.RouteRule;
import dev.runyard.webapp.auth.Routes;
import dev.runyard.webapp.auth.Routes.Route;
import dev.runyard.webapp.config.AppProperties;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/// Makes an OpenAPI 3.1 document of the public API: its routes, their parameters and bodies, who may call them, and
/// what they answer.
@Component
class DescribeApi {
    private static final List<String> ROOTS = List.of("/api/v", "/realtime/", "/engine/v1/runs/");

    private final Routes routes;
    private final AppProperties app;

    DescribeApi(Routes routes, AppProperties app) {
        this.routes = routes;
        this.app = app;
    }

    Map<String, Object> describe() {
        Map<String, Object> paths = new TreeMap<>();
        for (Route route : routes.all()) {
            if (ROOTS.stream().anyMatch(route.pattern()::startsWith)) {
                operations(paths, plain(route.pattern()))
                        .put(route.method().toLowerCase(Locale.ROOT), operation(route));
            }
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put(
                "info",
                Map.of(
                        "title", "Runyard",
                        "version", "v4",
                        "description", "The public API. Errors are objects with the member `error`, a sentence."));
        document.put("servers", List.of(Map.of("url", app.url())));
        document.put("paths", paths);
        document.put("components", Map.of("securitySchemes", schemes(), "schemas", Map.of("Error", error())));
        return document;
    }

    @SuppressWarnings("unchecked") // only maps are put there
    private static Map<String, Object> operations(Map<String, Object> paths, String path) {
        return (Map<String, Object>) paths.computeIfAbsent(path, _ -> new TreeMap<String, Object>());
    }

    private static Map<String, Object> operation(Route route) {
        RouteRule rule = route.rule();
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", operationId(route));
        operation.put("tags", List.of(tag(route.pattern())));
        List<Map<String, Object>> parameters = parameters(route);
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        operation.put("security", security(rule));
        if (!rule.scopes().isEmpty()) {
            operation.put("x-scopes", rule.scopes());
        }
        Accepts accepts = route.handler().getMethodAnnotation(Accepts.class);
        if (accepts != null && accepts.value() != Void.class) {
            operation.put("requestBody", requestBody(accepts));
        }
        operation.put("responses", responses(route));
        return operation;
    }

    private static Map<String, Object> requestBody(Accepts accepts) {
        return Map.of(
                "required",
                !accepts.optional(),
                "content",
                Map.of(accepts.type(), Map.of("schema", JsonSchemas.of(accepts.value()))));
    }

    private static Map<String, Object> responses(Route route) {
        Map<String, Object> responses = new LinkedHashMap<>();
        Answers answers = route.handler().getMethodAnnotation(Answers.class);
        Map<String, Object> schema =
                JsonSchemas.of(answers == null ? route.handler().getMethod().getGenericReturnType() : answers.value());
        responses.put(
                "200", Map.of("description", "Done", "content", Map.of("application/json", Map.of("schema", schema))));
        responses.put("4XX", refusal("Refused; trying again does not help unless x-should-retry says so"));
        if (!route.rule().isOpen()) {
            responses.put("401", refusal("The credential is missing, unknown or not taken here"));
            responses.put("403", refusal("The credential lacks the scope or the role"));
        }
        responses.put("429", refusal("Too many calls; x-ratelimit-reset says when to go on, in milliseconds"));
        return responses;
    }

    private static Map<String, Object> refusal(String description) {
        return Map.of(
                "description",
                description,
                "content",
                Map.of("application/json", Map.of("schema", Map.of("$ref", "#/components/schemas/Error"))));
    }

    private static List<Map<String, Object>> security(RouteRule rule) {
        return rule.isOpen()
                ? List.of()
                : Arrays.stream(Credential.values())
                        .filter(rule.callers()::contains)
                        .map(credential -> Map.<String, Object>of(nameOf(credential), List.of()))
                        .toList();
    }

    private static Map<String, Object> schemes() {
        Map<String, Object> schemes = new LinkedHashMap<>();
        schemes.put(nameOf(Credential.KEY), bearer("A secret key of an environment, such as tr_prod_…"));
        schemes.put(nameOf(Credential.PUBLIC_TOKEN), bearer("A token with scopes, signed for one environment"));
        schemes.put(nameOf(Credential.PERSONAL_TOKEN), bearer("A personal access token, tr_pat_…"));
        schemes.put(nameOf(Credential.ORGANIZATION_TOKEN), bearer("An organization access token, tr_oat_…"));
        return schemes;
    }

    private static Map<String, Object> bearer(String description) {
        return Map.of("type", "http", "scheme", "bearer", "description", description);
    }

    private static String nameOf(Credential credential) {
        return switch (credential) {
            case KEY -> "secretKey";
            case PUBLIC_TOKEN -> "publicToken";
            case PERSONAL_TOKEN -> "personalToken";
            case ORGANIZATION_TOKEN -> "organizationToken";
            default -> credential.name().toLowerCase(Locale.ROOT);
        };
    }

    private static Map<String, Object> error() {
        return Map.of(
                "type",
                "object",
                "properties",
                Map.of("error", Map.of("type", "string")),
                "required",
                List.of("error"));
    }

    private static List<Map<String, Object>> parameters(Route route) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        route.variables().forEach(name -> parameters.add(parameter("path", name, true)));
        for (Parameter parameter : route.handler().getMethod().getParameters()) {
            RequestParam query = parameter.getAnnotation(RequestParam.class);
            if (query != null && !Map.class.isAssignableFrom(parameter.getType())) {
                parameters.add(parameter("query", name(query.name(), parameter), false));
            }
            RequestHeader header = parameter.getAnnotation(RequestHeader.class);
            if (header != null) {
                parameters.add(parameter("header", name(header.name(), parameter), false));
            }
        }
        return parameters;
    }

    private static String name(String declared, Parameter parameter) {
        return declared.isEmpty() ? parameter.getName() : declared;
    }

    private static Map<String, Object> parameter(String in, String name, boolean isRequired) {
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("name", name);
        parameter.put("in", in);
        parameter.put("required", isRequired);
        parameter.put("schema", Map.of("type", "string"));
        return parameter;
    }

    /// Patterns of variables are Spring's own; tools know bare names.
    private static String plain(String pattern) {
        return pattern.replaceAll("\\{\\*?([a-zA-Z]+)(:[^/]*)?}", "{$1}");
    }

    private static String operationId(Route route) {
        return route.method().toLowerCase(Locale.ROOT)
                + plain(route.pattern()).replaceAll("[^a-zA-Z0-9]+", "_").replaceAll("_$", "");
    }

    private static String tag(String pattern) {
        return Arrays.stream(Objects.requireNonNull(pattern).split("/"))
                .filter(part -> part.length() > 2 && !part.equals("api") && !part.equals("engine"))
                .findFirst()
                .orElse("other");
    }
}
