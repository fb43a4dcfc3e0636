package dev.runyard.webapp.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Attempts;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.Http;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class BatchTest extends WebappTest {
    private final String task = "task-" + UUID.randomUUID();

    @BeforeEach
    void deploy() {
        Deployments.deploy(api("stg"), Deployments.task(task));
    }

    @Test
    void makesABatchAsTheClientExpects() {
        Http.Answer answer = api("stg").post("/api/v3/batches", Map.of("runCount", 2));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().propertyNames()).containsExactly("id", "runCount", "isCached");
        String id = answer.json().path("id").asString();
        assertThat(answer.header("x-trigger-jwt-claims")).contains("[\"read:batch:" + id + "\"]");
        assertThat(batch(id).path("status").asString()).isEqualTo("PENDING");
    }

    @Test
    void turnsLinesIntoRuns() {
        String id = create(3);

        JsonNode first = items(id, item(0) + item(1));
        assertThat(first.toString())
                .isEqualTo("{\"id\":\"" + id + "\",\"itemsAccepted\":2,\"itemsDeduplicated\":0,\"sealed\":false,"
                        + "\"enqueuedCount\":2,\"expectedCount\":3,\"runCount\":2}");
        JsonNode whole = items(id, item(0) + item(1) + item(2).strip());

        assertThat(whole.toString())
                .isEqualTo("{\"id\":\"" + id + "\",\"itemsAccepted\":1,\"itemsDeduplicated\":2,\"sealed\":true,"
                        + "\"runCount\":3}");
        JsonNode shown = batch(id);
        assertThat(shown.path("runs")).hasSize(3);
        assertThat(shown.at("/processing/errors")).isEmpty();
        assertThat(shown.at("/processing/completedAt").asString()).isNotEmpty();
        JsonNode run =
                api("stg").get("/api/v3/runs/" + shown.at("/runs/1").asString()).json();
        assertThat(run.path("payload").asInt()).isEqualTo(1);
        assertThat(run.path("batchId").asString()).isEqualTo(id);
        assertThat(run.path("triggerFunction").asString()).isEqualTo("batchTrigger");
        assertThat(items(id, item(0)).path("sealed").asBoolean()).isTrue();
    }

    @Test
    void storesAStreamOfManyItems() {
        String id = create(450);

        JsonNode answer = items(id, IntStream.range(0, 450).mapToObj(this::item).collect(Collectors.joining()));

        assertThat(answer.path("itemsAccepted").asInt()).isEqualTo(450);
        assertThat(answer.path("sealed").asBoolean()).isTrue();
        assertThat(batch(id).path("runs")).hasSize(450);
    }

    @Test
    void findsABatchByItsKey() {
        Map<String, Object> body = Map.of("runCount", 1, "idempotencyKey", "key-" + UUID.randomUUID());
        JsonNode first = api("stg").post("/api/v3/batches", body).json();
        items(first.path("id").asString(), item(0));

        Http.Answer again = api("stg").post("/api/v3/batches", body);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("isCached").asBoolean()).isTrue();
        assertThat(again.json().path("id")).isEqualTo(first.path("id"));
        assertThat(again.json().path("idempotencyKey").asString()).isEqualTo(body.get("idempotencyKey"));
    }

    @Test
    void failsItemsInAdvanceThatCannotBeTriggered() {
        String id = create(3);
        String large = "{\"index\":1,\"task\":\"" + task + "\",\"payload\":\"" + "x".repeat(3 * 1024 * 1024) + "\"}\n";
        String wrongVersion =
                "{\"index\":2,\"task\":\"" + task + "\",\"options\":{\"lockToVersion\":\"19990101.1\"}}\n";

        assertThat(items(id, item(0) + large + wrongVersion).path("sealed").asBoolean())
                .isTrue();

        JsonNode shown = batch(id);
        assertThat(shown.path("runs")).hasSize(3);
        assertThat(shown.at("/processing/errors/0/errorCode").asString()).isEqualTo("PAYLOAD_TOO_LARGE");
        assertThat(shown.at("/processing/errors/1/errorCode").asString()).isEqualTo("BATCH_ITEM_COULD_NOT_TRIGGER");
        JsonNode results = api("stg").get("/api/v1/batches/" + id + "/results").json();
        assertThat(results.path("items")).hasSize(2);
        assertThat(results.at("/items/0/error/code").asString()).isEqualTo("PAYLOAD_TOO_LARGE");
    }

    @Test
    void givesARunTheResultsOfTheBatchThatItWaitedFor() {
        Attempts attempts = new Attempts(supervisor("batch-test").with("x-trigger-worker-runner-id", "runner-1"));
        RunId parent = RunId.parse(api("stg")
                .post("/api/v1/tasks/" + task + "/trigger", Map.of())
                .json()
                .path("id")
                .asString());
        SnapshotId executing = attempts.start(parent);
        String id = api("stg")
                .post(
                        "/api/v3/batches",
                        Map.of("runCount", 2, "parentRunId", parent.toString(), "resumeParentOnCompletion", true))
                .json()
                .path("id")
                .asString();
        items(id, item(0) + item(1));

        List<RunId> runs = batch(id)
                .path("runs")
                .valueStream()
                .map(run -> RunId.parse(run.asString()))
                .toList();
        attempts.succeed(runs.get(1), "\"second\"");
        attempts.succeed(runs.get(0), "\"first\"");

        RunExecutionData resumed = attempts.await(
                parent,
                executing,
                data -> data.snapshot().executionStatus() == ExecutionStatus.EXECUTING
                        && !data.completedWaitpoints().isEmpty());
        assertThat(resumed.completedWaitpoints().stream()
                        .filter(waitpoint -> waitpoint.type().equals("RUN"))
                        .map(waitpoint -> waitpoint.index() + " " + waitpoint.output()))
                .containsExactly("0 \"first\"", "1 \"second\"");
        assertThat(batch(id).path("status").asString()).isEqualTo("COMPLETED");
        assertThat(api("stg")
                        .get("/api/v3/runs/" + runs.getFirst())
                        .json()
                        .path("triggerFunction")
                        .asString())
                .isEqualTo("batchTriggerAndWait");
        JsonNode results = api("stg").get("/api/v1/batches/" + id + "/results").json();
        assertThat(results.at("/items/0/output").asString()).isEqualTo("\"first\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"index":0,"task":"t"                 | 400 | Invalid JSON at line 1
            []                                    | 400 | Invalid JSON at line 1
            ``                                    | 400 | Request body is required
            {"task":"t"}                          | 422 | Invalid item at line 1: index is missing
            {"index":0}                           | 422 | Invalid item at index 0: task is missing
            {"index":9,"task":"t"}                | 422 | Item index 9 exceeds batch runCount 1
            {"index":0,"task":"t","options":{"delay":"soon"}} | 422 | Invalid item at index 0: Validation error: options.delay
            """)
    void refusesWrongLines(String line, int status, String expected) {
        Http.Answer answer = lines("/api/v3/batches/" + create(1) + "/items", line);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("error").asString()).startsWith(expected);
    }

    @Test
    void refusesWrongBatches() {
        Http api = api("stg");
        assertThat(api.post("/api/v3/batches", Map.of()).status()).isEqualTo(400);
        assertThat(api.post("/api/v3/batches", Map.of("runCount", 0)).status()).isEqualTo(400);
        assertThat(api.post("/api/v3/batches", Map.of("runCount", 1_000)).status())
                .isEqualTo(202);
        Http.Answer over = api.post("/api/v3/batches", Map.of("runCount", 1_001));
        assertThat(over.status()).isEqualTo(400);
        assertThat(over.json().path("error").asString())
                .isEqualTo("Batch runCount of 1001 exceeds maximum allowed of 1000.");
        assertThat(api.postText("/api/v3/batches/" + create(1) + "/items", item(0))
                        .status())
                .isEqualTo(415);
        assertThat(lines("/api/v3/batches/batch_x/items", item(0)).status()).isEqualTo(422);
        assertThat(api("prod").get("/api/v2/batches/" + create(1)).status()).isEqualTo(404);
    }

    @Test
    void triggersAllItemsInOneStep() {
        Http api = api("stg");
        Map<String, Object> body =
                Map.of("items", List.of(Map.of("task", task, "payload", 1), Map.of("task", task, "payload", 2)));

        Http.Answer second = api.post("/api/v2/tasks/batch", body);
        assertThat(second.status()).as(second.text()).isEqualTo(202);
        assertThat(second.json().path("runCount").asInt()).isEqualTo(2);
        assertThat(batch(second.json().path("id").asString()).path("runs")).hasSize(2);

        Http.Answer first = api.post("/api/v1/tasks/batch", body);
        assertThat(first.status()).isEqualTo(202);
        assertThat(first.json().path("runs")).hasSize(2);
        assertThat(first.json().at("/runs/0/taskIdentifier").asString()).isEqualTo(task);
        JsonNode shown =
                api.get("/api/v1/batches/" + first.json().path("id").asString()).json();
        assertThat(shown.path("successfulRunCount").asInt()).isEqualTo(2);
        assertThat(shown.path("failedRunCount").asInt()).isZero();

        Http.Answer one = api.post("/api/v1/tasks/" + task + "/batch", Map.of("items", List.of(Map.of("payload", 1))));
        assertThat(one.status()).isEqualTo(200);
        assertThat(one.json().path("batchId").asString()).startsWith("batch_");
        assertThat(one.json().path("runs")).hasSize(1);
    }

    @Test
    void limitsTheItemsOfOneStep() {
        assertThat(oneStep(500).status()).isEqualTo(202);
        Http.Answer over = oneStep(501);
        assertThat(over.status()).isEqualTo(400);
        assertThat(over.json().path("error").asString())
                .isEqualTo("Batch size of 501 is too large. Maximum allowed batch size is 500.");
        assertThat(oneStep(0).status()).isEqualTo(400);
    }

    private Http.Answer oneStep(int items) {
        List<Map<String, Object>> all = IntStream.range(0, items)
                .mapToObj(_ -> Map.<String, Object>of("task", task))
                .toList();
        return api("stg").post("/api/v2/tasks/batch", Map.of("items", all));
    }

    private String create(int runs) {
        return api("stg")
                .post("/api/v3/batches", Map.of("runCount", runs))
                .json()
                .path("id")
                .asString();
    }

    private String item(int index) {
        return "{\"index\":%d,\"task\":\"%s\",\"payload\":\"%d\"}\n".formatted(index, task, index);
    }

    private JsonNode items(String id, String lines) {
        Http.Answer answer = lines("/api/v3/batches/" + id + "/items", lines);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private Http.Answer lines(String path, String lines) {
        return api("stg").with("content-type", "application/x-ndjson").postText(path, lines);
    }

    private JsonNode batch(String id) {
        return api("stg").get("/api/v2/batches/" + id).json();
    }
}
