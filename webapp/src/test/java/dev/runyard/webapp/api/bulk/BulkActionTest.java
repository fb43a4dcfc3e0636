package dev.runyard.webapp.api.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Http;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class BulkActionTest extends WebappTest {
    private static final String ACTIONS = "/api/v1/bulk-actions";

    private final String task = "bulk-" + UUID.randomUUID();

    @Test
    void cancelsWhatAFilterFinds() {
        String first = trigger();
        trigger();

        Http.Answer made = api("prod")
                .post(
                        ACTIONS,
                        Map.of(
                                "action", "cancel",
                                "filter", Map.of("taskIdentifier", List.of(task), "status", "DELAYED"),
                                "name", "stop the flood"));

        assertThat(made.status()).as(made.text()).isEqualTo(202);
        JsonNode done = completed(made.json().path("id").asString());
        assertThat(done.path("type").asString()).isEqualTo("CANCEL");
        assertThat(done.path("name").asString()).isEqualTo("stop the flood");
        assertThat(done.path("counts").toString()).isEqualTo("{\"total\":2,\"success\":2,\"failure\":0}");
        assertThat(api("prod")
                        .get("/api/v3/runs/" + first)
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("CANCELED");
        assertThat(api("prod")
                        .get("/api/v1/runs?filter%5BbulkAction%5D="
                                + done.path("id").asString())
                        .json()
                        .path("data"))
                .hasSize(2);
        assertThat(api("prod").get(ACTIONS + "?page%5Bsize%5D=1").json().path("data"))
                .hasSize(1);
        assertThat(api("stg").get(ACTIONS + "/" + done.path("id").asString()).status())
                .isEqualTo(404);
        assertThat(api("prod")
                        .post(ACTIONS + "/" + done.path("id").asString() + "/abort", null)
                        .status())
                .isEqualTo(422);
    }

    @Test
    void replaysRunsThatAreNamed() {
        String run = trigger();

        String id = api("prod")
                .post(ACTIONS, Map.of("action", "replay", "runIds", List.of(run)))
                .json()
                .path("id")
                .asString();

        assertThat(completed(id).at("/counts/success").asInt()).isEqualTo(1);
        assertThat(api("prod")
                        .get("/api/v1/runs?filter%5BtaskIdentifier%5D=" + task)
                        .json()
                        .path("data"))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"filter":{"tag":"x"}}                                    | action must be cancel or replay
            {"action":"cancel"}                                       | filter or runIds must be given
            {"action":"cancel","filter":{"tag":"x"},"runIds":["a"]}   | filter or runIds must be given
            {"action":"cancel","filter":{}}                           | an empty filter would be about all runs
            {"action":"cancel","filter":{"colour":"red"}}             | filter.colour is no filter
            {"action":"cancel","filter":{"status":"FOO"}}             | Query Error
            {"action":"cancel","runIds":["nonsense"]}                 | runIds holds 'nonsense'
            {"action":"cancel","filter":{"tag":"x"},"targetRegion":"main"} | targetRegion goes with replay only
            """)
    void refusesWrongActions(String body, String expected) {
        Http.Answer answer = api("prod").postText(ACTIONS, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("error").asString()).contains(expected);
    }

    private JsonNode completed(String id) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> api("prod").get(ACTIONS + "/" + id).json(),
                        action -> action.path("status").asString().equals("COMPLETED"));
    }

    private String trigger() {
        return api("prod")
                .post("/api/v1/tasks/" + task + "/trigger", Map.of("options", Map.of("delay", "1h")))
                .json()
                .path("id")
                .asString();
    }
}
