package dev.runyard.webapp.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.auth.PublicTokens;
import dev.runyard.webapp.auth.Routes;
import dev.runyard.webapp.tenant.TenantDirectory;
import dev.runyard.webapp.testing.Http;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/// What holds for the public API as a whole: its description, and its limits.
class ApiSurfaceTest extends WebappTest {
    @Autowired
    private Routes routes;

    @Autowired
    private PublicTokens tokens;

    @Autowired
    private TenantDirectory tenants;

    @Test
    void theDescriptionNamesEveryRouteAndWhoMayCallIt() {
        JsonNode document = anonymous().get("/api/openapi.json").json();

        assertThat(document.path("openapi").asString()).isEqualTo("3.1.0");
        routes.all().stream()
                .filter(route -> route.pattern().startsWith("/api/v"))
                .forEach(route -> {
                    JsonNode operation = document.path("paths")
                            .path(route.pattern().replaceAll("\\{\\*?([a-zA-Z]+)(:[^/]*)?}", "{$1}"))
                            .path(route.method().toLowerCase(Locale.ROOT));
                    assertThat(operation.has("responses")).as(route.toString()).isTrue();
                    assertThat(operation.path("security").size())
                            .as(route.toString())
                            .isEqualTo(
                                    route.rule().isOpen()
                                            ? 0
                                            : route.rule().callers().size());
                });
        JsonNode whoami = document.path("paths")
                .path("/api/v1/whoami")
                .path("get")
                .path("responses")
                .path("200")
                .path("content")
                .path("application/json")
                .path("schema");
        assertThat(whoami.path("properties").path("slug").path("type").asString())
                .isEqualTo("string");
        assertThat(whoami.path("required").toString()).contains("slug").doesNotContain("branch");
    }

    @Test
    void theDescriptionSaysWhatEveryRouteTakesAndAnswers() {
        JsonNode paths = anonymous().get("/api/openapi.json").json().path("paths");

        List<String> silent = routes.all().stream()
                .filter(route -> route.pattern().startsWith("/api/v"))
                .filter(route -> List.of("POST", "PUT", "PATCH").contains(route.method()))
                .filter(route -> route.handler().getMethodAnnotation(Accepts.class) == null)
                .map(Object::toString)
                .toList();
        assertThat(silent)
                .as("routes that take a body must say which, by @Accepts")
                .isEmpty();

        JsonNode trigger = paths.path("/api/v1/tasks/{taskId}/trigger").path("post");
        JsonNode body = trigger.at("/requestBody/content/application~1json/schema");
        assertThat(trigger.at("/requestBody/required").asBoolean()).isTrue();
        assertThat(body.at("/properties/options/properties/tags/items/type").asString())
                .isEqualTo("string");
        assertThat(body.path("properties").has("payload")).isTrue();
        assertThat(trigger.at("/responses/200/content/application~1json/schema/properties/id/type")
                        .asString())
                .isEqualTo("string");
        JsonNode schedule = paths.path("/api/v1/schedules").path("post").path("requestBody");
        assertThat(schedule.at("/content/application~1json/schema/required").toString())
                .isEqualTo("[\"task\",\"cron\"]");
        assertThat(paths.path("/api/v3/batches/{id}/items")
                        .at("/post/requestBody/content")
                        .has("application/x-ndjson"))
                .isTrue();
    }

    @Test
    void everyAnswerSaysWhatIsLeft() {
        long before = Instant.now().toEpochMilli();
        Http.Answer answer = api("stg").get("/api/v1/runs");

        assertThat(Long.parseLong(answer.header("x-ratelimit-limit"))).isEqualTo(200_000);
        assertThat(Long.parseLong(answer.header("x-ratelimit-remaining"))).isLessThan(200_000);
        assertThat(Long.parseLong(answer.header("x-ratelimit-reset"))).isGreaterThanOrEqualTo(before);
    }

    @Test
    void tooManyCallsAreToldWhenToGoOn() {
        String token =
                tokens.sign(tenants.require(environmentId("stg")), List.of("read:runs:none"), Duration.ofMinutes(7));
        Http browser = anonymous().with("authorization", "Bearer " + token);
        Http.Answer answer = browser.get("/api/v1/runs");
        for (int i = 0; i < 2_000 && answer.status() != 429; i++) {
            answer = browser.get("/api/v1/runs");
        }

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
        assertThat(answer.header("x-ratelimit-limit")).isEqualTo("600");
        assertThat(answer.header("x-ratelimit-remaining")).isEqualTo("0");
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(Long.parseLong(answer.header("x-ratelimit-reset")))
                .isBetween(Instant.now().toEpochMilli() - 60_000, Instant.now().toEpochMilli() + 1_000);
        assertThat(answer.json().path("title").asString()).isEqualTo("Rate Limit Exceeded");
        assertThat(answer.json().path("error").asString()).startsWith("Rate limit exceeded");
        assertThat(answer.json().path("secondsUntilReset").asInt()).isEqualTo(1);
    }
}
