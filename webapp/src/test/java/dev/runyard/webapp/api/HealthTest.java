package dev.runyard.webapp.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Http;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTest extends WebappTest {
    @Test
    void answersLoadBalancers() {
        assertThat(anonymous().get("/healthcheck").text()).isEqualTo("OK");
        assertThat(anonymous().get("/health/live").json().path("status").asString())
                .isEqualTo("ok");
    }

    @Test
    void isReadyWithDatabaseAndQueue() {
        Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            Http.Answer ready = anonymous().get("/health/ready");
            assertThat(ready.status()).isEqualTo(200);
            assertThat(ready.json().path("queue").asString()).isEqualTo("redis");
        });
    }

    @Test
    void offersMetrics() {
        assertThat(anonymous().get("/actuator/prometheus").text()).contains("hikaricp_connections");
    }

    @Test
    void namesTheUnitOfWhatAlertsWatch() {
        assertThat(anonymous().get("/actuator/prometheus").text())
                .contains(
                        "\nrunyard_timer_lag_seconds ",
                        "\nrunyard_outbox_lag_seconds ",
                        "\nrunyard_clock_skew_seconds ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/actuator", "/actuator/env", "/actuator/heapdump", "/actuator/loggers", "/engine", "/otel"})
    void hidesTheRest(String path) {
        assertThat(anonymous().get(path).status()).isIn(401, 404);
    }

    @Test
    void givesEveryAnswerARequestId() {
        assertThat(anonymous().get("/healthcheck").header("x-request-id")).isNotEmpty();
        assertThat(anonymous()
                        .with("x-request-id", "abc-123")
                        .get("/api/v1/nowhere")
                        .header("x-request-id"))
                .isEqualTo("abc-123");
        assertThat(anonymous()
                        .with("x-request-id", "evil <id>")
                        .get("/healthcheck")
                        .header("x-request-id"))
                .doesNotContain("evil");
    }
}
