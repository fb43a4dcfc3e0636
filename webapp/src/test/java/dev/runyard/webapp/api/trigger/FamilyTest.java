package dev.runyard.webapp.api.trigger;

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
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/// Runs that trigger others, and runs that become one.
class FamilyTest extends WebappTest {
    private final String task = "task-" + UUID.randomUUID();

    @Autowired
    private RunEngine engine;

    private Attempts attempts = new Attempts(Http.anonymous(""));

    @BeforeEach
    void deploy() {
        attempts = new Attempts(supervisor("family-test").with("x-trigger-worker-runner-id", "runner-1"));
        Deployments.deploy(api("stg"), Deployments.task(task));
    }

    @Test
    void letsARunWaitForTheOneThatItTriggers() {
        RunId parent = trigger(Map.of());
        SnapshotId executing = attempts.start(parent);

        RunId child = trigger(Map.of("parentRunId", parent.toString(), "resumeParentOnCompletion", true));

        assertThat(engine.state(parent).orElseThrow().execution()).isEqualTo(ExecutionStatus.EXECUTING_WITH_WAITPOINTS);
        attempts.succeed(child, "{\"answer\":42}");
        RunExecutionData resumed = attempts.await(
                parent,
                executing,
                data -> data.snapshot().executionStatus() == ExecutionStatus.EXECUTING
                        && !data.completedWaitpoints().isEmpty());
        assertThat(resumed.completedWaitpoints().getFirst().output()).isEqualTo("{\"answer\":42}");
        JsonNode shown = run(child);
        assertThat(shown.path("triggerFunction").asString()).isEqualTo("triggerAndWait");
        assertThat(shown.path("depth").asInt()).isEqualTo(1);
        assertThat(shown.at("/relatedRuns/parent/id").asString()).isEqualTo(parent.toString());
        assertThat(shown.at("/relatedRuns/root/id").asString()).isEqualTo(parent.toString());
        assertThat(run(parent).at("/relatedRuns/children/0/id").asString()).isEqualTo(child.toString());
    }

    @Test
    void refusesToLetARunWaitThatDoesNotExecute() {
        RunId parent = trigger(Map.of("delay", "1h"));

        Http.Answer answer = post(Map.of("parentRunId", parent.toString(), "resumeParentOnCompletion", true));

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(run(parent).at("/relatedRuns/children").size()).isZero();
    }

    @Test
    void debouncesTriggersWithOneKey() {
        RunId first = trigger("1", Map.of("debounce", Map.of("key", "k", "delay", "1h", "mode", "trailing")));
        Http.Answer answer = api("stg")
                .post(
                        path(),
                        Map.of(
                                "payload",
                                2,
                                "options",
                                Map.of("debounce", Map.of("key", "k", "delay", "1h", "mode", "trailing"))));

        assertThat(answer.json().path("id").asString()).isEqualTo(first.toString());
        assertThat(answer.json().path("isCached").asBoolean(true)).isFalse();
        assertThat(run(first).path("payload").asInt()).isEqualTo(2);
        assertThat(run(first).path("status").asString()).isEqualTo("DELAYED");
    }

    @Test
    void parksARunUntilTheDeploymentThatItNames() {
        RunId run = trigger(Map.of("externalDeploymentId", "commit-" + UUID.randomUUID()));

        assertThat(run(run).path("status").asString()).isEqualTo("PENDING_VERSION");
    }

    private RunId trigger(Map<String, Object> options) {
        return trigger("{}", options);
    }

    private RunId trigger(String payload, Map<String, Object> options) {
        Http.Answer answer = api("stg").post(path(), Map.of("payload", payload, "options", options));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return RunId.parse(answer.json().path("id").asString());
    }

    private Http.Answer post(Map<String, Object> options) {
        return api("stg").post(path(), Map.of("payload", "{}", "options", options));
    }

    private String path() {
        return "/api/v1/tasks/" + task + "/trigger";
    }

    private JsonNode run(RunId run) {
        return api("stg").get("/api/v3/runs/" + run).json();
    }
}
