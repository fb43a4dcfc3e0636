package dev.runyard.webapp.api.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.auth.RunIdentity;
import dev.runyard.webapp.auth.RunTokens;
import dev.runyard.webapp.testing.Attempts;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.Http;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/// What a task sent stands in the trace of its run, between what the server knows.
class TraceTest extends WebappTest {
    private static final String OUTER = "00000000000000a1";
    private static final String INNER = "00000000000000a2";
    private static final String OPEN = "00000000000000a3";

    @Autowired
    private RunTokens tokens;

    private final String task = "traced-" + UUID.randomUUID();
    private RunId run = RunId.parse("run_00000000000000000000000000");
    private SnapshotId attempt = new SnapshotId(1);
    private Attempts attempts = new Attempts(Http.anonymous(""));

    @BeforeEach
    void start() {
        attempts = new Attempts(supervisor("trace-spans").with("x-trigger-worker-runner-id", "runner-1"));
        Deployments.deploy(api("stg"), Deployments.task(task));
        run = RunId.parse(api("stg")
                .post("/api/v1/tasks/" + task + "/trigger", Map.of())
                .json()
                .path("id")
                .asString());
        attempt = attempts.start(run);
    }

    @Test
    void nestsTheSpansOfTheTaskInItsAttempt() {
        Instant now = Instant.now();
        sendSpans(
                span(OUTER, null, now, true),
                span(INNER, OUTER, now, true),
                span(OPEN, "00000000000000ff", now, false));
        sendLine("hello", INNER);

        JsonNode attemptNode = attemptNode();
        assertThat(attemptNode.at("/data/isPartial").asBoolean()).isTrue();
        assertThat(messages(attemptNode)).containsExactlyInAnyOrder("span " + OUTER, "span " + OPEN);
        JsonNode outer = child(attemptNode, "span " + OUTER);
        JsonNode inner = child(outer, "span " + INNER);
        assertThat(outer.path("id").asString()).isEqualTo(OUTER);
        assertThat(inner.path("parentId").asString()).isEqualTo(OUTER);
        assertThat(inner.at("/data/properties/user").asString()).isEqualTo("ann");
        assertThat(inner.at("/data/events/0/name").asString()).isEqualTo("half");
        assertThat(messages(inner)).containsExactly("hello");
        assertThat(child(attemptNode, "span " + OPEN).at("/data/isPartial").asBoolean())
                .isTrue();

        attempts.complete(run, attempt, Completion.success(run.toString(), "1", "application/json", 5));
        assertThat(child(attemptNode(), "span " + OPEN).at("/data/isPartial").asBoolean(true))
                .isFalse();
    }

    @Test
    void answersForASingleSpanAndInTheListOfEvents() {
        sendSpans(span(OUTER, null, Instant.now(), true));

        JsonNode span =
                api("stg").get("/api/v1/runs/" + run + "/spans/" + OUTER).json();
        assertThat(span.path("message").asString()).isEqualTo("span " + OUTER);
        assertThat(span.path("entityType").asString()).isEqualTo("span");
        assertThat(span.path("durationMs").asDouble()).isEqualTo(250);
        assertThat(span.path("parentId").asString()).hasSize(16);
        List<String> kinds = api("stg")
                .get("/api/v1/runs/" + run + "/events")
                .json()
                .path("events")
                .valueStream()
                .map(event -> event.path("kind").asString())
                .toList();
        assertThat(kinds).containsExactly("RUN", "ATTEMPT", "SPAN");
        assertThat(api("prod").get("/api/v1/runs/" + run + "/spans/" + OUTER).status())
                .isEqualTo(404);
    }

    @Test
    void placesARunUnderTheSpanThatTriggeredIt() {
        String child = trigger();
        String other = trigger();
        Instant now = Instant.now();
        sendSpans(span(OUTER, null, now, true), triggering(INNER, child), triggering(OPEN, "no run"));

        JsonNode root = root();
        assertThat(child(child(root, "Attempt 1"), "span " + INNER)
                        .at("/children/0/runId")
                        .asString())
                .isEqualTo(child);
        assertThat(child(root, task).path("runId").asString())
                .as("nobody said where")
                .isEqualTo(other);
    }

    private String trigger() {
        return api("stg")
                .post("/api/v1/tasks/" + task + "/trigger", Map.of("options", Map.of("parentRunId", run.toString())))
                .json()
                .path("id")
                .asString();
    }

    private static Map<String, Object> triggering(String id, String run) {
        Map<String, Object> span = new HashMap<>(span(id, null, Instant.now(), true));
        span.put("attributes", List.of(attemptNumber(), Map.of("key", "run.id", "value", Map.of("stringValue", run))));
        return span;
    }

    private JsonNode root() {
        return api("stg").get("/api/v1/runs/" + run + "/trace").json().at("/trace/rootSpan");
    }

    private JsonNode attemptNode() {
        return child(root(), "Attempt 1");
    }

    private static JsonNode child(JsonNode node, String message) {
        return node.path("children")
                .valueStream()
                .filter(child -> child.at("/data/message").asString().equals(message))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + message + " in " + node));
    }

    private static List<String> messages(JsonNode node) {
        return node.path("children")
                .valueStream()
                .map(child -> child.at("/data/message").asString())
                .toList();
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private void sendSpans(Map<String, Object>... spans) {
        sender().post(
                        "/otel/v1/traces",
                        Map.of(
                                "resourceSpans",
                                List.of(Map.of("scopeSpans", List.of(Map.of("spans", List.of(spans)))))))
                .as(Map.class);
    }

    private void sendLine(String message, String span) {
        Map<String, Object> line =
                Map.of("body", Map.of("stringValue", message), "spanId", span, "attributes", List.of(attemptNumber()));
        sender().post(
                        "/otel/v1/logs",
                        Map.of(
                                "resourceLogs",
                                List.of(Map.of("scopeLogs", List.of(Map.of("logRecords", List.of(line)))))))
                .as(Map.class);
    }

    private Http sender() {
        return anonymous().with("Authorization", "Bearer " + tokens.mint(new RunIdentity(run, environmentId("stg"))));
    }

    private static Map<String, Object> span(String id, @Nullable String parent, Instant start, boolean isOver) {
        List<Object> attributes = new ArrayList<>(List.of(attemptNumber()));
        attributes.add(Map.of("key", "user", "value", Map.of("stringValue", "ann")));
        Map<String, Object> span = new HashMap<>(Map.of(
                "spanId",
                id,
                "name",
                "span " + id,
                "startTimeUnixNano",
                nanos(start),
                "endTimeUnixNano",
                isOver ? nanos(start.plusMillis(250)) : "0",
                "attributes",
                attributes,
                "events",
                List.of(Map.of("name", "half", "timeUnixNano", nanos(start)))));
        if (parent != null) {
            span.put("parentSpanId", parent);
        }
        return span;
    }

    private static Map<String, Object> attemptNumber() {
        return Map.of("key", "$metadata.ctx.attempt.number", "value", Map.of("intValue", 1));
    }

    private static String nanos(Instant time) {
        return Long.toString(time.getEpochSecond() * 1_000_000_000L + time.getNano());
    }
}
