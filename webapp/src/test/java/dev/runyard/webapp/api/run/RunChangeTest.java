package dev.runyard.webapp.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.RunId;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Attempts;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.Http;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Changes of runs, and what is told of a run's course.
class RunChangeTest extends WebappTest {
    private final String task = "task-" + UUID.randomUUID();

    @Test
    void movesTheEndOfADelay() {
        String run = trigger(Map.of("options", Map.of("delay", "1h")));

        JsonNode moved = api("stg")
                .post("/api/v1/runs/" + run + "/reschedule", Map.of("delay", "2099-01-01T00:00:00Z"))
                .json();
        assertThat(moved.path("error").asString("")).contains("Invalid delay");
        JsonNode answer = api("stg")
                .post("/api/v1/runs/" + run + "/reschedule", Map.of("delay", "2030-01-01T00:00:00Z"))
                .json();

        assertThat(answer.path("delayedUntil").asString()).isEqualTo("2030-01-01T00:00:00.000Z");
        assertThat(answer.path("status").asString()).isEqualTo("DELAYED");
        assertThat(answer.has("relatedRuns")).isTrue();
    }

    @Test
    void refusesToRescheduleWhatIsNotDelayed() {
        String run = trigger(Map.of());

        Http.Answer answer = api("stg").post("/api/v1/runs/" + run + "/reschedule", Map.of("delay", "1h"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asString()).isEqualTo("Cannot reschedule a run that is not delayed");
        assertThat(api("stg")
                        .post("/api/v1/runs/run_x/reschedule", Map.of("delay", "1h"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void appliesOperationsToMetadata() {
        String run = trigger(Map.of("options", Map.of("metadata", Map.of("n", 1))));

        Http.Answer answer = put(run, """
                {"operations":[{"type":"increment","key":"n","value":2},{"type":"append","key":"list","value":"a"},
                 {"type":"set","key":"$.a.b","value":null},{"type":"delete","key":"gone"}],
                 "rootOperations":[{"type":"set","key":"root","value":true}]}""");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("metadata").toString())
                .isEqualTo("{\"n\":3,\"list\":[\"a\"],\"a\":{\"b\":null},\"root\":true}");
        assertThat(put(run, "{\"metadata\":{\"new\":1}}").text()).isEqualTo("{\"metadata\":{\"new\":1}}");
        assertThat(api("stg").get("/api/v1/runs/" + run + "/metadata").text()).isEqualTo("{\"metadata\":{\"new\":1}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"metadata":[1]}                                                | 400 | metadata must be an object
            {"operations":{}}                                               | 400 | operations must be an array
            {"operations":[{"type":"jump"}]}                                | 400 | operations.0.type must be set, delete
            {"operations":[{"type":"set","value":1}]}                       | 400 | operations.0.key must be a string
            {"operations":[{"type":"set","key":"k"}]}                       | 400 | operations.0.value is missing
            {"operations":[{"type":"increment","key":"k","value":"1"}]}     | 400 | operations.0.value must be a number
            {"operations":[{"type":"update","value":1}]}                    | 400 | operations.0.value must be an object
            [1]                                                             | 400 | Invalid JSON
            """)
    void refusesWrongMetadata(String body, int status, String expected) {
        Http.Answer answer = put(trigger(Map.of()), body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("error").asString()).contains(expected);
    }

    @Test
    void refusesMetadataThatIsTooLarge() {
        String run = trigger(Map.of());
        int around = "{\"a\":\"\"}".length();

        assertThat(put(run, "{\"metadata\":{\"a\":\"" + "x".repeat(262_144 - around) + "\"}}")
                        .status())
                .isEqualTo(200);
        assertThat(put(run, "{\"metadata\":{\"a\":\"" + "x".repeat(262_145 - around) + "\"}}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void addsTags() {
        String run = trigger(Map.of("options", Map.of("tags", List.of("a"))));
        String path = "/api/v1/runs/" + run + "/tags";

        assertThat(api("stg")
                        .post(path, Map.of("tags", List.of("a", "b", " ")))
                        .json()
                        .path("message")
                        .asString())
                .isEqualTo("Successfully set 1 new tags.");
        assertThat(api("stg")
                        .post(path, Map.of("tags", "b"))
                        .json()
                        .path("message")
                        .asString())
                .isEqualTo("No new tags to add");
        assertThat(api("stg").post(path, Map.of("tags", "x".repeat(129))).status())
                .isEqualTo(400);
        assertThat(api("stg")
                        .post(path, Map.of("tags", List.of("1", "2", "3", "4", "5", "6", "7", "8", "9")))
                        .status())
                .isEqualTo(422);
        assertThat(api("stg").get("/api/v3/runs/" + run).json().path("tags").toString())
                .isEqualTo("[\"a\",\"b\"]");
    }

    @Test
    void freesAnIdempotencyKey() {
        String key = "key-" + UUID.randomUUID();
        Map<String, Object> body = Map.of("options", Map.of("idempotencyKey", key));
        String first = trigger(body);
        assertThat(trigger(body)).isEqualTo(first);
        String path = "/api/v1/idempotencyKeys/" + key + "/reset";

        assertThat(api("prod").post(path, Map.of("taskIdentifier", task)).status())
                .isEqualTo(404);
        assertThat(api("stg").post(path, Map.of("taskIdentifier", task)).text()).isEqualTo("{\"id\":\"" + key + "\"}");

        assertThat(trigger(body)).isNotEqualTo(first);
    }

    @Test
    void tellsTheCourseOfARun() {
        Deployments.deploy(api("stg"), Deployments.task(task));
        Attempts attempts = new Attempts(supervisor("trace-test").with("x-trigger-worker-runner-id", "runner-1"));
        String run = trigger(Map.of());
        String child = trigger(Map.of("options", Map.of("parentRunId", run)));
        attempts.succeed(RunId.parse(run), "1");

        JsonNode trace = api("stg").get("/api/v1/runs/" + run + "/trace").json().path("trace");
        assertThat(trace.path("traceId").asString()).hasSize(32);
        JsonNode root = trace.path("rootSpan");
        assertThat(root.at("/data/taskSlug").asString()).isEqualTo(task);
        assertThat(root.at("/data/isPartial").asBoolean(true)).isFalse();
        assertThat(root.path("children")
                        .valueStream()
                        .map(span -> span.at("/data/message").asString()))
                .containsExactly(task, "Attempt 1");
        assertThat(root.at("/children/0/runId").asString()).isEqualTo(child);
        JsonNode events =
                api("stg").get("/api/v1/runs/" + run + "/events").json().path("events");
        assertThat(events).hasSize(3);
        JsonNode span = api("stg")
                .get("/api/v1/runs/" + run + "/spans/" + root.path("id").asString())
                .json();
        assertThat(span.path("parentId").isNull()).isTrue();
        assertThat(span.at("/triggeredRuns/0/runId").asString()).isEqualTo(child);
        assertThat(api("stg")
                        .get("/api/v1/runs/" + run + "/spans/0000000000000000")
                        .status())
                .isEqualTo(404);
        assertThat(api("prod").get("/api/v1/runs/" + run + "/trace").status()).isEqualTo(404);
    }

    @Test
    void listsTheRunsOfABatch() {
        JsonNode batch = api("stg")
                .post("/api/v1/tasks/" + task + "/batch", Map.of("items", List.of(Map.of(), Map.of())))
                .json();
        trigger(Map.of());

        assertThat(list("filter%5Bbatch%5D=" + batch.path("batchId").asString()))
                .hasSize(2);
        assertThat(list("filter%5Bregion%5D=elsewhere")).isEmpty();
        assertThat(list("filter%5Bregion%5D=main&filter%5BtaskIdentifier%5D=" + task))
                .hasSize(3);
        assertThat(api("stg").get("/api/v1/runs?filter%5Bbatch%5D=x").status()).isEqualTo(400);
    }

    private JsonNode list(String query) {
        return api("stg").get("/api/v1/runs?" + query).json().path("data");
    }

    private Http.Answer put(String run, String body) {
        return api("stg").putText("/api/v1/runs/" + run + "/metadata", body);
    }

    private String trigger(Map<String, Object> body) {
        return api("stg")
                .post("/api/v1/tasks/" + task + "/trigger", body)
                .json()
                .path("id")
                .asString();
    }
}
