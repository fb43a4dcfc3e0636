package dev.runyard.cli.dev;

import dev.runyard.junit.EmbeddedRunyard;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The first user of a server, as a browser signs in.
final class SignedIn {
    private static final String ROOT = "/api/dashboard/v1";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SignedIn() {}

    /// Makes a personal token.
    static String personalToken(EmbeddedRunyard server) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> page = http.send(
                    HttpRequest.newBuilder(URI.create(server.url() + ROOT + "/session"))
                            .build(),
                    BodyHandlers.ofString());
            String csrf = cookie(page, "XSRF-TOKEN");
            String link = server.loginLink();
            String token = link.substring(link.lastIndexOf(link.contains("=") ? '=' : '/') + 1);
            HttpResponse<String> login = post(http, server, "/login", csrf, csrf, Map.of("token", token));
            String cookies = csrf + "; " + cookie(login, "runyard_session");
            return JSON.readTree(post(http, server, "/personal-tokens", cookies, csrf, Map.of("name", "dev"))
                            .body())
                    .path("token")
                    .asString("");
        }
    }

    private static HttpResponse<String> post(
            HttpClient http, EmbeddedRunyard server, String path, String cookies, String csrf, Object body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + ROOT + path))
                .header("Cookie", cookies)
                .header("X-XSRF-TOKEN", csrf.substring(csrf.indexOf('=') + 1))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static String cookie(HttpResponse<?> answer, String name) {
        return answer.headers().allValues("set-cookie").stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.split(";")[0])
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no cookie " + name + " in " + answer));
    }
}
