package dev.runyard.webapp.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Http;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Runs that are repeated with changes.
class ReplayTest extends WebappTest {
    @Test
    void changesWhatIsNamedAndKeepsTheRest() {
        String run = trigger();

        JsonNode replayed = show(replay(
                run,
                Map.of(
                        "payload",
                        Map.of("name", "Bob"),
                        "metadata",
                        Map.of("n", 2),
                        "tags",
                        List.of("b"),
                        "machine",
                        "small-2x",
                        "delay",
                        "1h",
                        "ttl",
                        7200,
                        "maxAttempts",
                        4)));

        assertThat(replayed.at("/payload/name").asString()).isEqualTo("Bob");
        assertThat(replayed.at("/metadata/n").asInt()).isEqualTo(2);
        assertThat(replayed.at("/tags").toString()).isEqualTo("[\"b\"]");
        assertThat(replayed.path("status").asString()).isEqualTo("DELAYED");
        assertThat(replayed.path("ttl").asString()).isEqualTo("2h");

        JsonNode same = show(replay(run, Map.of("maxDuration", 60)));

        assertThat(same.at("/payload/name").asString()).isEqualTo("Ada");
        assertThat(same.at("/metadata/n").asInt()).isEqualTo(1);
        assertThat(same.at("/tags").toString()).isEqualTo("[\"a\"]");
        assertThat(same.path("status").asString()).isEqualTo("QUEUED");
    }

    @Test
    void holdsAKeyAsATriggerDoes() {
        String run = trigger();
        Map<String, Object> once = Map.of("idempotencyKey", "replay-" + run);

        assertThat(id(replay(run, once))).isEqualTo(id(replay(run, once))).isNotEqualTo(run);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"playload\":1} | playload",
                "{\"machine\":\"huge\"} | machine",
                "{\"delay\":\"soon\"} | delay",
                "{\"queue\":{}} | queue",
                "{\"metadata\":[]} | metadata",
                "{\"idempotencyKey\":\"k\",\"idempotencyKeyTTL\":\"x\"} | idempotencyKeyTTL",
                "[] | JSON"
            })
    void namesWhatIsWrong(String body, String name) {
        Http.Answer answer = api("prod").postText("/api/v1/runs/" + trigger() + "/replay", body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("error").asString()).contains(name).doesNotContain("options.");
    }

    private String trigger() {
        Map<String, Object> options = Map.of("tags", List.of("a"), "metadata", Map.of("n", 1));
        return id(api("prod")
                .post("/api/v1/tasks/replay/trigger", Map.of("payload", Map.of("name", "Ada"), "options", options)));
    }

    private Http.Answer replay(String run, Object changes) {
        return api("prod").post("/api/v1/runs/" + run + "/replay", changes);
    }

    private static String id(Http.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("id").asString();
    }

    private JsonNode show(Http.Answer answer) {
        return api("prod").get("/api/v3/runs/" + id(answer)).json();
    }
}
