package dev.runyard.webapp.security;

import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.auth.Routes.Route;
import dev.runyard.webapp.security.Callers.Caller;
import dev.runyard.webapp.security.Callers.Kind;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.WeakHashMap;

/// Makes one request that is wrong in some way: types, sizes, depth, encodings, nulls, duplicates, path tricks.
final class Nonsense {
    private static final Map<HttpRequest, byte[]> BODIES = new WeakHashMap<>();
    private static final List<String> NAMES = List.of(
            "payload",
            "options",
            "tags",
            "metadata",
            "queue",
            "name",
            "delay",
            "ttl",
            "idempotencyKey",
            "scopes",
            "claims",
            "expirationTime",
            "variables",
            "override",
            "value",
            "isSecret",
            "branch",
            "env",
            "contentHash",
            "imageReference",
            "tasks",
            "queues",
            "id",
            "cron",
            "timezone",
            "task",
            "reason",
            "limit",
            "timeout",
            "output",
            "error",
            "completion",
            "runner",
            "resources",
            "email",
            "role",
            "token",
            "authorizationCode",
            "lockToVersion",
            "concurrencyKey",
            "machine",
            "maxAttempts",
            "maxDuration",
            "priority",
            "debounce",
            "parentRunId",
            "resumeParentOnCompletion",
            "operations",
            "items",
            "runCount",
            "filter",
            "action",
            "concurrencyLimit",
            "type",
            "immediately",
            "expiresAt",
            "resourceLogs",
            "resourceSpans",
            "seconds");
    private static final List<String> QUERIES = List.of(
            "page[size]",
            "page[after]",
            "page[before]",
            "filter[status]",
            "filter[taskIdentifier]",
            "filter[tag]",
            "filter[createdAt][period]",
            "filter[createdAt][from]",
            "filter[createdAt][to]",
            "filter[version]",
            "filter[isTest]",
            "filter[queue]",
            "status",
            "period",
            "from",
            "to",
            "size",
            "cursor",
            "direction",
            "after",
            "limit",
            "before",
            "page",
            "perPage",
            "projectRef",
            "allowRollbacks",
            "expires",
            "signature",
            "excludeUtc");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "null",
            "undefined",
            "0",
            "-1",
            "NaN",
            "1e999",
            "99999999999999999999",
            "true",
            "run_x",
            "run_" + "a".repeat(25),
            "proj_runyarddefault00000",
            "../../etc/passwd",
            "..\\..\\x",
            "%00",
            "\u0000",
            "'; drop table run; --",
            "<script>alert(1)</script>",
            "${jndi:ldap://x}",
            "#{7*7}",
            "a".repeat(300),
            "é∑😀",
            "\ud800",
            "\u202e",
            "{}",
            "[]",
            "2026-02-30T25:61:00Z",
            "-999999999-01-01T00:00:00Z",
            "7d",
            "1h",
            "99999999999d",
            "queue/my",
            "a,b,,c",
            "*/1 * * * *",
            "Mars/Olympus",
            "x\r\nSet-Cookie: a=b");

    private final Random random;
    private final Callers callers;

    Nonsense(long seed, Callers callers) {
        this.random = new Random(seed);
        this.callers = callers;
    }

    /// Chooses a caller, mostly one whom the route lets in: what lies behind the door is of interest.
    Caller fitting(Route route, List<Caller> all) {
        List<Caller> welcome =
                all.stream().filter(caller -> isWelcome(route, caller.kind())).toList();
        return welcome.isEmpty() || random.nextInt(10) == 0 ? one(all) : one(welcome);
    }

    /// Tells whether a route lets this kind of caller in.
    static boolean isWelcome(Route route, Kind kind) {
        return switch (kind) {
            case KEY -> route.rule().callers().contains(Credential.KEY);
            case PUBLIC_TOKEN -> route.rule().callers().contains(Credential.PUBLIC_TOKEN);
            case PERSONAL_TOKEN -> route.rule().callers().contains(Credential.PERSONAL_TOKEN);
            case ORGANIZATION_TOKEN -> route.rule().callers().contains(Credential.ORGANIZATION_TOKEN);
            case WORKER -> route.rule().callers().contains(Credential.WORKER);
            case RUN -> route.rule().callers().contains(Credential.RUN);
            case SESSION -> route.rule().callers().contains(Credential.SESSION);
            default -> false;
        };
    }

    HttpRequest request(Route route, Caller caller) {
        String method = route.method().equals("*") || random.nextInt(50) == 0
                ? one(List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"))
                : route.method();
        byte[] body = method.equals("GET") || method.equals("HEAD") ? new byte[0] : body();
        HttpRequest.Builder request =
                MalformedInputTest.to(URI.create(caller.http().baseUrl() + path(route) + query()));
        caller.http().headers().forEach(request::setHeader);
        request.setHeader(
                "Content-Type",
                one(List.of(
                        "application/json",
                        "text/plain",
                        "application/xml",
                        "multipart/form-data; boundary=b",
                        "application/x-www-form-urlencoded",
                        "application/json; charset=utf-7",
                        "nonsense",
                        "application/x-protobuf",
                        "*/*")));
        if (random.nextInt(5) == 0) {
            request.setHeader("Accept", one(List.of("*/*", "text/html", "nonsense", "application/xml", "a/b;q=9")));
        }
        if (random.nextInt(10) == 0) {
            request.setHeader("x-trigger-branch", one(List.of("../x", "refs/heads/", "a b", "x".repeat(400))));
        }
        HttpRequest built =
                request.method(method, MalformedInputTest.body(body)).build();
        synchronized (BODIES) {
            BODIES.put(built, body);
        }
        return built;
    }

    /// Shows the body that a request has.
    static String shown(HttpRequest request) {
        synchronized (BODIES) {
            byte[] body = BODIES.getOrDefault(request, new byte[0]);
            return new String(body, 0, Math.min(body.length, 600), StandardCharsets.UTF_8);
        }
    }

    private String path(Route route) {
        String path = route.pattern().replaceAll("\\{\\*?([a-zA-Z]+)(:[^/]*)?}", "{$1}");
        for (String name : route.variables()) {
            path = path.replace("{" + name + "}", variable(name));
        }
        return switch (random.nextInt(40)) {
            case 0 -> path + "/";
            case 1 -> path + "/..%2f..%2fetc";
            case 2 -> path + ";a=b";
            case 3 -> path.replaceFirst("/", "//");
            case 4 -> path + "%2e%2e/";
            case 5 -> path + "%00";
            default -> path;
        };
    }

    private String variable(String name) {
        if (random.nextInt(3) == 0) {
            return encode(text());
        }
        return switch (name) {
            case "run" -> new RunId(new UUID(random.nextLong(), random.nextLong())).toString();
            case "environment" ->
                random.nextBoolean() ? callers.prod().id().toString() : one(List.of("dev", "stg", "prod", "preview"));
            case "project" -> callers.project().ref();
            case "deployment" -> new DeploymentId(new UUID(random.nextLong(), random.nextLong())).toString();
            case "organization" -> callers.project().organization().slug();
            default -> encode(text());
        };
    }

    private String query() {
        StringBuilder query = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append(encode(one(QUERIES)))
                    .append('=')
                    .append(encode(text()));
        }
        return query.toString();
    }

    private byte[] body() {
        return switch (random.nextInt(20)) {
            case 0 -> new byte[0];
            case 1 -> bytes();
            case 2 -> ("[".repeat(1 + random.nextInt(5_000))).getBytes(StandardCharsets.UTF_8);
            case 3 -> ("{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000)).getBytes(StandardCharsets.UTF_8);
            case 4 -> cut(object(0)).getBytes(StandardCharsets.UTF_8);
            case 5 -> value(0).getBytes(StandardCharsets.UTF_8);
            case 6 -> ("{\"name\":1,\"name\":\"x\",\"name\":null," + member(0) + "}").getBytes(StandardCharsets.UTF_8);
            case 7 -> object(0).getBytes(StandardCharsets.UTF_16);
            case 8 -> ("{\"value\":\"" + "x".repeat(random.nextInt(200_000)) + "\"}").getBytes(StandardCharsets.UTF_8);
            case 9 -> ("{\"payload\":" + "9".repeat(random.nextInt(3_000)) + "}").getBytes(StandardCharsets.UTF_8);
            default -> object(0).getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(500)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String cut(String text) {
        return text.substring(0, text.length() / 2);
    }

    private String object(int depth) {
        StringBuilder object = new StringBuilder("{");
        for (int i = random.nextInt(6); i > 0; i--) {
            object.append(object.length() > 1 ? "," : "").append(member(depth));
        }
        return object.append('}').toString();
    }

    private String member(int depth) {
        return "\"" + one(NAMES) + "\":" + value(depth);
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 4 ? 7 : 10)) {
            case 0 -> "null";
            case 1 -> one(List.of("true", "false", "0", "-1", "1e400", "1.5", "-0", "9007199254740993", "1e-999"));
            case 2, 3, 4 -> quoted(text());
            case 5 -> "\"\\u0000\"";
            case 6 -> "\"\\ud800\"";
            case 7 -> "[" + value(depth + 1) + "," + value(depth + 1) + "]";
            default -> object(depth + 1);
        };
    }

    private String text() {
        return random.nextInt(4) == 0 ? HexFormat.of().formatHex(bytes()) : one(TEXTS);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(c -> quoted.append(
                        c < 0x20 || c == '"' || c == '\\' || Character.isSurrogate((char) c)
                                ? "\\u%04x".formatted(c)
                                : String.valueOf((char) c)));
        return quoted.append('"').toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
