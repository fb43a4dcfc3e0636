package dev.runyard.webapp.api.waitpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.RunEngine;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.worker.RunExecutionData;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Attempts;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.Http;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class TokenTest extends WebappTest {
    private static final String TOKENS = "/api/v1/waitpoints/tokens";

    @Autowired
    private RunEngine engine;

    @Test
    void makesATokenAsTheClientExpects() {
        Http.Answer answer = api("prod").post(TOKENS, Map.of());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().propertyNames()).containsExactly("id", "isCached", "url");
        String id = answer.json().path("id").asString();
        assertThat(answer.json().path("url").asString()).contains(TOKENS + "/" + id + "/callback/");
        assertThat(answer.header("x-trigger-jwt").split("\\.")).hasSize(3);
        assertThat(answer.header("x-trigger-jwt-claims")).contains("write:waitpoints:" + id);
    }

    @Test
    void showsWhatAWaitingTokenIs() {
        String key = "key-" + UUID.randomUUID();
        JsonNode made = api("prod")
                .post(
                        TOKENS,
                        Map.of(
                                "timeout",
                                "10m",
                                "idempotencyKey",
                                key,
                                "idempotencyKeyTTL",
                                "1h",
                                "tags",
                                List.of("user:42")))
                .json();

        JsonNode shown = retrieve(made.path("id").asString());

        assertThat(shown.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "url",
                        "status",
                        "timeoutAt",
                        "idempotencyKey",
                        "idempotencyKeyExpiresAt",
                        "tags",
                        "createdAt");
        assertThat(shown.path("status").asString()).isEqualTo("WAITING");
        assertThat(shown.path("tags").toString()).isEqualTo("[\"user:42\"]");
        assertThat(shown.path("url")).isEqualTo(made.path("url"));
        JsonNode again = api("prod").post(TOKENS, Map.of("idempotencyKey", key)).json();
        assertThat(again.path("id")).isEqualTo(made.path("id"));
        assertThat(again.path("isCached").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"data":{"approved":true,"by":[1.50]}} | {"json":{"approved":true,"by":[1.50]}} | application/super+json
            {"data":"yes \\"sir\\""}               | yes "sir"                              | text/plain
            {"data":null}                          | {"json":null}                          | application/super+json
            {"data":0}                             | {"json":0}                             | application/super+json
            """)
    void keepsTheDataThatATokenIsCompletedWith(String body, String output, String type) {
        String id = make(Map.of());

        assertThat(api("prod").postText(TOKENS + "/" + id + "/complete", body).text())
                .isEqualTo("{\"success\":true}");

        JsonNode shown = retrieve(id);
        assertThat(shown.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(shown.path("output").asString()).isEqualTo(output);
        assertThat(shown.path("outputType").asString()).isEqualTo(type);
        assertThat(shown.path("outputIsError").asBoolean(true)).isFalse();
    }

    @Test
    void keepsTheFirstCompletion() {
        String id = make(Map.of());
        Http complete = api("prod");

        assertThat(complete.post(TOKENS + "/" + id + "/complete", null).status())
                .isEqualTo(200);
        assertThat(complete.post(TOKENS + "/" + id + "/complete", Map.of("data", 2))
                        .status())
                .isEqualTo(200);

        assertThat(retrieve(id).has("output")).isFalse();
    }

    @Test
    void completesByAddressWithoutAKey() {
        JsonNode made = api("prod").post(TOKENS, Map.of()).json();
        String url = made.path("url").asString();
        String path = url.substring(url.indexOf(TOKENS));

        assertThat(anonymous()
                        .postText(path.substring(0, path.length() - 1) + "x", "{}")
                        .status())
                .isEqualTo(401);
        assertThat(api("prod").get(path).status()).isEqualTo(405);
        assertThat(anonymous().postText(path, "{\"paid\":true}").text()).isEqualTo("{\"success\":true}");

        assertThat(retrieve(made.path("id").asString()).path("output").asString())
                .isEqualTo("{\"json\":{\"paid\":true}}");
    }

    @Test
    void timesOut() {
        String id =
                make(Map.of("timeout", Instant.now().minus(1, ChronoUnit.HOURS).toString()));
        RunId run = executing();

        waitForToken(run, id);

        JsonNode shown = retrieve(id);
        for (int i = 0; i < 200 && !shown.path("status").asString().equals("TIMED_OUT"); i++) {
            shown = retrieve(id);
        }
        assertThat(shown.path("status").asString()).isEqualTo("TIMED_OUT");
        assertThat(shown.path("outputIsError").asBoolean()).isTrue();
        assertThat(shown.path("output").asString()).contains("TRIGGER_WAITPOINT_TIMEOUT");
    }

    @Test
    void listsTokensByTagStatusAndPage() {
        String tag = "tag-" + UUID.randomUUID();
        String first = make(Map.of("tags", tag));
        String second = make(Map.of("tags", List.of(tag, "other")));
        api("prod").post(TOKENS + "/" + first + "/complete", Map.of());

        JsonNode page = list("?page%5Bsize%5D=1&filter%5Btags%5D=" + tag);
        assertThat(page.at("/data/0/id").asString()).isEqualTo(second);
        JsonNode next = list("?page%5Bsize%5D=1&filter%5Btags%5D=" + tag + "&page%5Bafter%5D="
                + page.at("/pagination/next").asString());
        assertThat(next.at("/data/0/id").asString()).isEqualTo(first);
        assertThat(next.at("/pagination").has("next")).isFalse();
        assertThat(list("?filter%5Bstatus%5D=COMPLETED&filter%5Btags%5D=" + tag).path("data"))
                .hasSize(1);
        assertThat(api("stg").get(TOKENS + "?filter%5Btags%5D=" + tag).json().path("data"))
                .isEmpty();
        assertThat(api("prod").get(TOKENS + "?filter%5Bstatus%5D=DONE").status())
                .isEqualTo(400);
    }

    @Test
    void givesARunTheTokenThatItWaitedFor() {
        RunId run = executing();
        String id = make(Map.of());

        waitForToken(run, id);

        assertThat(engine.state(run).orElseThrow().execution()).isEqualTo(ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
        api("prod").post(TOKENS + "/" + id + "/complete", Map.of("data", "go"));
        RunExecutionData resumed = attempts()
                .await(
                        run,
                        new SnapshotId(1),
                        data -> data.snapshot().executionStatus() == ExecutionStatus.EXECUTING
                                && !data.completedWaitpoints().isEmpty());
        assertThat(resumed.completedWaitpoints().getFirst().output()).isEqualTo("go");
        assertThat(resumed.completedWaitpoints().getFirst().outputType()).isEqualTo("text/plain");
    }

    @Test
    void letsARunWaitUntilADate() {
        RunId run = executing();
        Instant date = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);

        Http.Answer answer =
                api("prod").post("/engine/v1/runs/" + run + "/wait/duration", Map.of("date", date.toString()));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(Instant.parse(answer.json().path("waitUntil").asString())).isEqualTo(date);
        assertThat(answer.json().at("/waitpoint/id").asString()).startsWith("waitpoint_");
        assertThat(engine.state(run).orElseThrow().execution()).isEqualTo(ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
    }

    @Test
    void refusesWaitsThatMakeNoSense() {
        RunId run = executing();
        String path = "/engine/v1/runs/" + run;

        assertThat(api("prod")
                        .post(path + "/wait/duration", Map.of("date", "soon"))
                        .status())
                .isEqualTo(400);
        assertThat(api("stg")
                        .post(path + "/wait/duration", Map.of("date", "2030-01-01T00:00:00Z"))
                        .status())
                .isEqualTo(404);
        assertThat(api("prod")
                        .post(path + "/waitpoints/tokens/waitpoint_x/wait", null)
                        .status())
                .isEqualTo(404);
        assertThat(anonymous().post(path + "/wait/duration", Map.of()).status()).isEqualTo(401);
        assertThat(supervisor("x").post(path + "/wait/duration", Map.of()).status())
                .isEqualTo(401);
        RunId queued = trigger();
        assertThat(api("prod")
                        .post("/engine/v1/runs/" + queued + "/wait/duration", Map.of("date", "2030-01-01T00:00:00Z"))
                        .status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"timeout":"soon"}                                | 400
            {"timeout":"999999999w"}                          | 400
            {"idempotencyKey":"k","idempotencyKeyTTL":"x"}    | 400
            {"tags":7}                                        | 400
            {"tags":["1","2","3","4","5","6","7","8","9","10","11"]} | 422
            []                                                | 400
            """)
    void refusesWrongTokens(String body, int status) {
        Http.Answer answer = api("prod").postText(TOKENS, body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    @Test
    void refusesLargeBodies() {
        assertThat(api("prod").post(TOKENS, Map.of("tags", "x".repeat(10_240))).status())
                .isEqualTo(413);
        String id = make(Map.of());
        assertThat(api("prod")
                        .post(TOKENS + "/" + id + "/complete", Map.of("data", "x".repeat(3 * 1024 * 1024)))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void hidesTokensOfOtherEnvironments() {
        String id = make(Map.of());

        assertThat(api("stg").get(TOKENS + "/" + id).status()).isEqualTo(404);
        assertThat(api("stg").post(TOKENS + "/" + id + "/complete", Map.of()).status())
                .isEqualTo(404);
        assertThat(retrieve(id).path("status").asString()).isEqualTo("WAITING");
    }

    private Attempts attempts() {
        return new Attempts(supervisor("token-test").with("x-trigger-worker-runner-id", "runner-1"));
    }

    private final String task = "task-" + UUID.randomUUID();

    private RunId executing() {
        Deployments.deploy(api("prod"), Deployments.task(task));
        RunId run = trigger();
        attempts().start(run);
        return run;
    }

    private RunId trigger() {
        return RunId.parse(api("prod")
                .post("/api/v1/tasks/" + task + "/trigger", Map.of())
                .json()
                .path("id")
                .asString());
    }

    private void waitForToken(RunId run, String id) {
        assertThat(api("prod")
                        .post("/engine/v1/runs/" + run + "/waitpoints/tokens/" + id + "/wait", null)
                        .text())
                .isEqualTo("{\"success\":true}");
    }

    private String make(Map<String, Object> body) {
        return api("prod").post(TOKENS, body).json().path("id").asString();
    }

    private JsonNode retrieve(String id) {
        return api("prod").get(TOKENS + "/" + id).json();
    }

    private JsonNode list(String query) {
        return api("prod").get(TOKENS + query).json();
    }
}
