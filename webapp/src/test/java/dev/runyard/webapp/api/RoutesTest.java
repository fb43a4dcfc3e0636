package dev.runyard.webapp.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Http;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class RoutesTest extends WebappTest {
    @Test
    void tellsUnknownRoutesInTheClientsWords() {
        Http.Answer answer = api("prod").get("/api/v1/nowhere");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).isEqualTo("{\"error\":\"Not found\"}");
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
        assertThat(answer.header("content-type")).startsWith("application/json");
    }

    @Test
    void tellsWrongMethods() {
        Http.Answer answer = api("prod").post("/api/v3/runs/run_x", null);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.json().path("error").asString()).isEqualTo("Method not allowed");
        assertThat(answer.header("allow")).contains("GET");
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
    }

    @Test
    void refusesPathsThatTheFirewallRejects() {
        Http.Answer answer = api("prod").get("/api/v1/../v1/runs");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asString()).isNotEmpty();
    }

    @Test
    void letsAnyOriginCall() throws IOException, InterruptedException {
        HttpRequest preflight = HttpRequest.newBuilder(URI.create(baseUrl() + "/api/v1/tasks/t/trigger"))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,x-trigger-source")
                .build();

        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(preflight, BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("access-control-allow-origin"))
                    .hasValue("*");
            assertThat(answer.headers()
                            .firstValue("access-control-allow-headers")
                            .orElse(""))
                    .contains("x-trigger-source");
        }
    }

    @Test
    void exposesTheTokenHeadersToBrowsers() {
        Http.Answer answer =
                api("prod").with("origin", "https://shop.example").postText("/api/v1/tasks/t/trigger", "{}");

        assertThat(answer.header("access-control-expose-headers")).contains("x-trigger-jwt", "x-trigger-jwt-claims");
    }
}
