package dev.runyard.webapp.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.CompleteAttemptRequest;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.Http;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunRetrieveTest extends WebappTest {
    private final String task = "retrieve-" + UUID.randomUUID();

    @BeforeEach
    void deploy() {
        Deployments.deploy(api("dev"), Deployments.task(task));
    }

    @Test
    void showsAQueuedRunAsTheClientExpects() {
        String run = trigger("{\"payload\":{\"a\":1}}");
        JsonNode answer = api("dev").get("/api/v3/runs/" + run).json();

        assertThat(answer.path("createdAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(answer).isEqualTo(JsonMapper.shared().readTree("""
                {"id":"%s","taskIdentifier":"%s","status":"QUEUED","createdAt":%s,"updatedAt":%s,"ttl":"10m",
                 "tags":[],"costInCents":0.0,"baseCostInCents":0.0,"durationMs":0,"isTest":false,"isQueued":true,
                 "isExecuting":false,"isWaiting":false,"isCompleted":false,"isSuccess":false,"isFailed":false,
                 "isCancelled":false,"depth":0,"triggerFunction":"trigger","payload":{"a":1},"attemptCount":0,
                 "attempts":[],"relatedRuns":{"children":[]}}""".formatted(
                        run, task, answer.path("createdAt"), answer.path("updatedAt"))));
    }

    @Test
    void showsASuccess() {
        String run = trigger("{\"options\":{\"metadata\":{\"progress\":1},\"tags\":[\"b\",\"a\"]}}");
        complete(run, Completion.success(run, "{\"json\":{\"sent\":true}}", "application/super+json", 7));

        JsonNode answer = api("dev").get("/api/v3/runs/" + run).json();

        assertThat(answer.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(answer.path("output")).isEqualTo(JsonMapper.shared().readTree("{\"sent\":true}"));
        assertThat(answer.path("metadata").path("progress").asInt()).isEqualTo(1);
        assertThat(answer.path("tags").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(answer.path("version").asString()).matches("\\d{8}\\.\\d+");
        assertThat(answer.path("attemptCount").asInt()).isEqualTo(1);
        assertThat(answer.path("durationMs").asLong()).isEqualTo(7);
        assertThat(answer.path("startedAt").isString()).isTrue();
        assertThat(answer.path("finishedAt").isString()).isTrue();
        assertThat(answer.path("isCompleted").asBoolean()).isTrue();
        assertThat(answer.path("isSuccess").asBoolean()).isTrue();
        assertThat(answer.path("isFailed").asBoolean(true)).isFalse();
        assertThat(answer.toString()).doesNotContain("null");
    }

    @Test
    void showsAnException() {
        String run = trigger("{\"options\":{\"maxAttempts\":1}}");
        complete(
                run,
                Completion.failure(run, new TaskRunError.BuiltIn("IllegalStateException", "boom", "at x"), null, 3));

        JsonNode answer = api("dev").get("/api/v3/runs/" + run).json();

        assertThat(answer.path("status").asString()).isEqualTo("FAILED");
        assertThat(answer.path("isFailed").asBoolean()).isTrue();
        assertThat(answer.path("error").toString())
                .isEqualTo("{\"message\":\"boom\",\"name\":\"IllegalStateException\",\"stackTrace\":\"at x\"}");
        assertThat(answer.has("output")).isFalse();
    }

    @Test
    void showsWhatThePlatformFound() {
        String run = trigger("{\"options\":{\"maxAttempts\":1}}");
        TaskRunError error = TaskRunError.Internal.of(
                InternalErrorCode.TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE, "The process exited with code 7.");
        complete(run, Completion.failure(run, error, null, 3));

        JsonNode answer = api("dev").get("/api/v3/runs/" + run).json();

        assertThat(answer.at("/error/message").asString()).contains("exited with code 7");
        assertThat(answer.at("/error/name").asString()).isEqualTo("TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"payload":"{\\"json\\":[1.50],\\"meta\\":{}}","options":{"payloadType":"application/super+json"}} | [1.50]
                    {"payload":"{\\"json\\":null}","options":{"payloadType":"application/super+json"}} | null
                    {"payload":"{\\"json\\":\\"x\\"}","options":{"payloadType":"application/super+json"}} | "x"
                    {"payload":"say \\"hi\\"","options":{"payloadType":"text/plain"}} | "say \\"hi\\""
                    {"payload":{"big":123456789012345678901234567890.5}} | {"big":123456789012345678901234567890.5}
                    """)
    void showsPayloadsAsPlainJson(String body, String expected) {
        assertThat(api("dev").get("/api/v3/runs/" + trigger(body)).text()).contains("\"payload\":" + expected + ",");
    }

    @Test
    void givesTheResultOfAFinishedRun() {
        String run = trigger("{}");
        assertThat(api("dev").get("/api/v1/runs/" + run + "/result").status()).isEqualTo(404);
        complete(run, Completion.success(run, "{\"json\":{\"sent\":true}}", "application/super+json", 2980));

        assertThat(api("dev").get("/api/v1/runs/" + run + "/result").json())
                .isEqualTo(JsonMapper.shared().readTree("""
                        {"ok":true,"id":"%s","taskIdentifier":"%s","output":"{\\"json\\":{\\"sent\\":true}}",
                         "outputType":"application/super+json","usage":{"durationMs":2980}}""".formatted(run, task)));
    }

    @Test
    void givesTheResultOfACanceledRun() {
        String run = trigger("{}");
        api("dev").post("/api/v2/runs/" + run + "/cancel", null);

        JsonNode result = api("dev").get("/api/v1/runs/" + run + "/result").json();
        assertThat(result.path("ok").asBoolean(true)).isFalse();
        assertThat(result.at("/error/type").asString()).isEqualTo("INTERNAL_ERROR");
        assertThat(result.at("/error/code").asString()).isEqualTo("TASK_RUN_CANCELLED");
    }

    @Test
    void cancelsARunOnceAndForAll() {
        String run = trigger("{}");

        Http.Answer first = api("dev").post("/api/v2/runs/" + run + "/cancel", null);
        Http.Answer second = api("dev").post("/api/v1/runs/" + run + "/cancel", null);

        assertThat(first.text()).isEqualTo("{\"id\":\"" + run + "\"}");
        assertThat(second.text()).isEqualTo(first.text());
        JsonNode answer = api("dev").get("/api/v3/runs/" + run).json();
        assertThat(answer.path("status").asString()).isEqualTo("CANCELED");
        assertThat(answer.path("isCompleted").asBoolean()).isTrue();
        assertThat(answer.path("isCancelled").asBoolean()).isTrue();
    }

    @Test
    void replaysARun() {
        String run =
                trigger("{\"payload\":{\"a\":1},\"options\":{\"tags\":[\"x\"],\"idempotencyKey\":\"" + task + "\"}}");
        Http.Answer replay = api("dev").post("/api/v1/runs/" + run + "/replay", null);

        assertThat(replay.status()).isEqualTo(200);
        String again = replay.json().path("id").asString();
        assertThat(again).startsWith("run_").isNotEqualTo(run);
        JsonNode answer = api("dev").get("/api/v3/runs/" + again).json();
        assertThat(answer.path("payload").toString()).isEqualTo("{\"a\":1}");
        assertThat(answer.path("tags").toString()).isEqualTo("[\"x\"]");
        assertThat(answer.has("idempotencyKey")).isFalse();
    }

    @Test
    void showsMetadataAsAnObject() {
        assertThat(api("dev").get("/api/v1/runs/" + trigger("{}") + "/metadata").text())
                .isEqualTo("{\"metadata\":{}}");
        assertThat(api("dev")
                        .get("/api/v1/runs/" + trigger("{\"options\":{\"metadata\":\"{\\\"a\\\": 1}\"}}") + "/metadata")
                        .text())
                .isEqualTo("{\"metadata\":{\"a\": 1}}");
    }

    @Test
    void hidesRunsOfOtherEnvironments() {
        String run = trigger("{}");

        assertThat(api("stg").get("/api/v3/runs/" + run).status()).isEqualTo(404);
        assertThat(api("stg").get("/api/v1/runs/" + run + "/result").status()).isEqualTo(404);
        assertThat(api("stg").get("/api/v1/runs/" + run + "/metadata").status()).isEqualTo(404);
        assertThat(api("stg").post("/api/v2/runs/" + run + "/cancel", null).status())
                .isEqualTo(404);
        assertThat(api("stg").post("/api/v1/runs/" + run + "/replay", null).status())
                .isEqualTo(404);
        assertThat(api("dev").get("/api/v3/runs/" + run).json().path("status").asString())
                .isEqualTo("QUEUED");
    }

    /// Plays a supervisor and its runner. Runs that other tests left in the queue are taken and thrown away.
    private void complete(String run, Completion completion) {
        String root = "/engine/v1/worker-actions";
        Http worker = supervisor("retrieve-test");
        String snapshot = "";
        while (snapshot.isEmpty()) {
            JsonNode messages =
                    worker.post(root + "/dequeue", Map.of("maxRunCount", 50)).json();
            for (JsonNode message : messages) {
                if (message.at("/run/friendlyId").asString().equals(run)) {
                    snapshot = message.at("/snapshot/friendlyId").asString();
                }
            }
        }
        String path = root + "/runs/" + run + "/snapshots/";
        String started = worker.post(path + snapshot + "/attempts/start", Map.of())
                .json()
                .at("/snapshot/friendlyId")
                .asString();
        worker.post(path + started + "/attempts/complete", new CompleteAttemptRequest(completion))
                .as(Map.class);
    }

    private String trigger(String body) {
        Http.Answer answer = api("dev").postText("/api/v1/tasks/" + task + "/trigger", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("id").asString();
    }
}
