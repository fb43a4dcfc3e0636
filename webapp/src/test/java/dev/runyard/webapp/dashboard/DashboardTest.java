package dev.runyard.webapp.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.claim.ClaimRequest;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.manifest.QueueManifest;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.auth.RunIdentity;
import dev.runyard.webapp.auth.RunTokens;
import dev.runyard.webapp.session.Browser;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.Events;
import dev.runyard.webapp.testing.Http;
import dev.runyard.webapp.testing.Http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

class DashboardTest extends WebappTest {
    @Autowired
    private ApplicationContext server;

    @Autowired
    private RunEngine engine;

    @Autowired
    private RunTokens tokens;

    private final String taskId = "task-" + UUID.randomUUID();
    private Http browser = Http.anonymous("");

    @BeforeEach
    void deploy() {
        browser = Browser.signIn(server, anonymous());
        Deployments.deploy(api("prod"), Deployments.task(taskId, new QueueManifest("queue-" + taskId, 1), null));
    }

    @Test
    void listsRunsPageByPage() {
        RunId first = trigger();
        RunId second = trigger();
        RunId third = trigger();

        JsonNode newest = browser.get(runs() + "?size=2&task=" + taskId).json();
        assertThat(ids(newest)).containsExactly(third.toString(), second.toString());
        assertThat(newest.has("previous")).isFalse();
        JsonNode older = browser.get(runs() + "?size=2&task=" + taskId + "&cursor="
                        + newest.path("next").asString())
                .json();
        assertThat(ids(older)).containsExactly(first.toString());
        assertThat(older.has("next")).isFalse();
        JsonNode back = browser.get(runs() + "?size=2&direction=previous&task=" + taskId + "&cursor="
                        + older.path("previous").asString())
                .json();
        assertThat(ids(back)).containsExactly(third.toString(), second.toString());
        assertThat(ids(browser.get(runs() + "?status=COMPLETED,FAILED&task=" + taskId)
                        .json()))
                .isEmpty();
        assertThat(ids(browser.get(runs() + "?status=queued&task=" + taskId).json()))
                .hasSize(3);
    }

    @Test
    void refusesWhatItCannotRead() {
        Answer status = browser.get(runs() + "?status=NOPE");
        assertThat(status.status()).isEqualTo(400);
        assertThat(status.header("content-type")).startsWith("application/problem+json");
        assertThat(browser.get(runs() + "?cursor=x").status()).isEqualTo(400);
        assertThat(browser.get(runs() + "?size=many").status()).isEqualTo(400);
        assertThat(browser.get("/api/dashboard/v1/nothing").status()).isEqualTo(404);
    }

    @Test
    void showsARunFromItsQueueToItsEnd() {
        RunId run = trigger();
        RunId behind = trigger();
        JsonNode queued = page(run);
        assertThat(queued.path("status").asString()).isEqualTo("QUEUED");
        assertThat(queued.path("payload").path("text").asString()).isEqualTo("{\"n\":1}");
        assertThat(queued.path("waitingFor").has("sentence")).isTrue();

        SnapshotId started = start(run);
        assertThat(page(run).path("attempts").path(0).path("status").asString()).isEqualTo("EXECUTING");
        assertThat(page(run).has("waitingFor")).isFalse();
        assertThat(page(behind).path("waitingFor").path("gate").asString()).isEqualTo("QUEUE_LIMIT");
        JsonNode reason = page(behind).path("waitingFor");
        assertThat(reason.path("sentence").asString()).contains("1 of 1 runs execute");
        assertThat(reason.at("/slots/limit").asInt()).isEqualTo(1);
        assertThat(reason.at("/slots/holders/0/id").asString()).isEqualTo(run.toString());
        assertThat(reason.at("/slots/holders/0/taskId").asString()).isEqualTo(taskId);
        assertThat(reason.at("/ahead/inQueue").asInt(-1)).isZero();

        engine.complete(
                run,
                started,
                Completion.failure(run.toString(), new TaskRunError.BuiltIn("Boom", "no luck", "at X"), null, 7));
        JsonNode failed = page(run);
        assertThat(failed.path("status").asString()).isEqualTo("FAILED");
        assertThat(failed.path("error").path("name").asString()).isEqualTo("Boom");
        assertThat(failed.path("attempts").path(0).path("status").asString()).isEqualTo("FAILED");
        assertThat(failed.path("attempts").path(0).path("error").path("message").asString())
                .isEqualTo("no luck");
        assertThat(failed.path("transitions").size()).isEqualTo(4);
        assertThat(failed.path("deployment").has("version")).isTrue();
        assertThat(failed.path("version").asString())
                .isEqualTo(failed.path("deployment").path("version").asString());
        assertThat(failed.path("worker").path("name").asString()).isEqualTo("dashboard-test");
    }

    @Test
    void explainsADelay() {
        RunId run = trigger(TriggerCommand.of(environmentId("prod"), taskId)
                .delayUntil(Instant.now().plus(Duration.ofHours(1)))
                .build());

        assertThat(page(run).path("waitingFor").path("gate").asString()).isEqualTo("DELAY");
        assertThat(page(run).at("/waitingFor/next/what").asString()).isEqualTo("Its delay ends and it is queued");
        assertThat(page(run).path("status").asString()).isEqualTo("DELAYED");
    }

    @Test
    void showsLinesAfterANumber() {
        RunId run = trigger();
        log(run, "one", "two", "three");

        JsonNode first = browser.get(runs() + "/" + run + "/logs?limit=2").json();
        assertThat(first.path("data").size()).isEqualTo(2);
        assertThat(first.path("data").path(0).path("message").asString()).isEqualTo("one");
        assertThat(first.path("data").path(0).path("level").asString()).isEqualTo("INFO");
        JsonNode rest = browser.get(
                        runs() + "/" + run + "/logs?after=" + first.path("next").asLong())
                .json();
        assertThat(rest.path("data").size()).isEqualTo(1);
        assertThat(rest.has("next")).isFalse();
    }

    @Test
    void cancelsAndReplays() {
        RunId run = trigger();

        assertThat(browser.post(runs() + "/" + run + "/cancel", null).status()).isEqualTo(202);
        assertThat(page(run).path("status").asString()).isEqualTo("CANCELED");
        assertThat(browser.post(runs() + "/" + run + "/cancel", null).status()).isEqualTo(202);
        Answer replayed = browser.post(runs() + "/" + run + "/replay", null);
        assertThat(replayed.status()).isEqualTo(201);
        assertThat(page(RunId.parse(replayed.json().path("id").asString()))
                        .path("payload")
                        .path("text")
                        .asString())
                .isEqualTo("{\"n\":1}");
    }

    @Test
    void replaysWithAnotherPayload() {
        RunId run = trigger();

        Answer replayed = browser.post(runs() + "/" + run + "/replay", Map.of("payload", "{\"n\": 2}"));
        JsonNode page = page(RunId.parse(replayed.json().path("id").asString()));
        assertThat(page.at("/payload/text").asString()).isEqualTo("{\"n\": 2}");
        assertThat(page.at("/related/replayOf").asString()).isEqualTo(run.toString());
        assertThat(page.at("/related/source").asString()).isEqualTo("dashboard");
        for (String payload : List.of("{", " ", "\u0000")) {
            Answer refused = browser.post(runs() + "/" + run + "/replay", Map.of("payload", payload));
            assertThat(refused.status()).as(payload).isEqualTo(400);
            assertThat(refused.json().path("detail").asString()).startsWith("payload ");
        }
        String large = "\"" + "x".repeat(3 * 1024 * 1024 - 1) + "\"";
        assertThat(browser.post(runs() + "/" + run + "/replay", Map.of("payload", large))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void showsWhatARunHasToDoWithOthers() {
        RunId parent = trigger();
        RunId child = trigger(
                TriggerCommand.of(environmentId("prod"), taskId).parent(parent).build());

        JsonNode related = page(parent).path("related");
        assertThat(related.at("/children/0/id").asString()).isEqualTo(child.toString());
        assertThat(related.at("/children/0/status").asString()).isEqualTo("QUEUED");
        assertThat(related.path("traceId").asString()).hasSize(32);
        assertThat(page(child).at("/related/parent/id").asString()).isEqualTo(parent.toString());
        assertThat(page(child).at("/related/parent/taskId").asString()).isEqualTo(taskId);
        assertThat(page(child).at("/context/environment/slug").asString()).isEqualTo("prod");
    }

    @Test
    void showsSpansAfterAChange() {
        RunId run = trigger();
        List<Map<String, Object>> spans = List.of("00000000000000a1", "00000000000000a2", "00000000000000a3").stream()
                .map(id -> Map.<String, Object>of("spanId", id, "name", id))
                .toList();
        sender(run)
                .post(
                        "/otel/v1/traces",
                        Map.of("resourceSpans", List.of(Map.of("scopeSpans", List.of(Map.of("spans", spans))))));

        JsonNode first = browser.get(runs() + "/" + run + "/spans?limit=2").json();
        assertThat(first.path("data").size()).isEqualTo(2);
        assertThat(first.at("/data/0/name").asString()).isEqualTo("00000000000000a1");
        JsonNode rest = browser.get(runs() + "/" + run + "/spans?after="
                        + first.path("next").asLong())
                .json();
        assertThat(rest.path("data").size()).isEqualTo(1);
        assertThat(rest.has("next")).isFalse();
    }

    @Test
    void searchesTheLinesOfAllRuns() {
        RunId run = trigger();
        log(run, taskId + " one", taskId + " two");
        String logs = "/api/dashboard/v1/environments/" + environmentId("prod") + "/logs";

        JsonNode first = browser.get(logs + "?limit=1&text=" + taskId).json();
        assertThat(first.at("/data/0/message").asString()).isEqualTo(taskId + " two");
        assertThat(first.at("/data/0/runId").asString()).isEqualTo(run.toString());
        assertThat(first.at("/data/0/taskId").asString()).isEqualTo(taskId);
        JsonNode rest = browser.get(logs + "?limit=1&text=" + taskId + "&cursor="
                        + first.path("next").asString())
                .json();
        assertThat(rest.at("/data/0/message").asString()).isEqualTo(taskId + " one");
        assertThat(browser.get(logs + "?level=ERROR&task=" + taskId).json().path("data"))
                .isEmpty();
        assertThat(browser.get(logs + "?run=" + run).json().path("data")).hasSize(2);
        for (String bad : List.of("level=LOUD", "from=yesterday", "cursor=x", "text=" + "x".repeat(300))) {
            assertThat(browser.get(logs + "?" + bad).status()).as(bad).isEqualTo(400);
        }
        assertThat(anonymous().get(logs).status()).isEqualTo(401);
    }

    @Test
    void hidesRunsOfOtherEnvironments() {
        RunId run = trigger();
        String foreign = "/api/dashboard/v1/environments/" + environmentId("stg") + "/runs/" + run;

        for (String path : List.of("", "/logs", "/spans", "/events")) {
            assertThat(browser.get(foreign + path).status()).as(path).isEqualTo(404);
        }
        assertThat(browser.post(foreign + "/cancel", null).status()).isEqualTo(404);
        assertThat(browser.post(foreign + "/replay", null).status()).isEqualTo(404);
        assertThat(browser.get("/api/dashboard/v1/environments/env_x/runs").status())
                .isEqualTo(404);
        assertThat(anonymous().get(runs()).status()).isEqualTo(401);
    }

    @Test
    void streamsChangesAndLines() {
        String events = "/api/dashboard/v1/environments/" + environmentId("prod");
        try (Events all = Events.open(browser, events + "/events")) {
            RunId run = trigger();
            await().until(() ->
                    all.lines().stream().anyMatch(line -> line.contains(run.toString()) && line.contains("QUEUED")));

            try (Events one = Events.open(browser, events + "/runs/" + run + "/events")) {
                RunId other = trigger();
                log(run, "hello");
                engine.cancel(environmentId("prod"), run, "test");
                await().until(() -> one.lines().contains("event:log"));
                await().until(() -> one.lines().stream().anyMatch(line -> line.contains("CANCELED")));
                assertThat(one.lines()).noneMatch(line -> line.contains(other.toString()));
                assertThat(one.lines()).contains("event:ping", "data:{\"seq\":1}");
            }
        }
    }

    @Test
    void tellsAboutTheSystem() {
        supervisor("system-test")
                .post("/engine/v1/worker-actions/connect", Map.of("metadata", Map.of("workloadManager", "docker")));

        JsonNode system = browser.get("/api/dashboard/v1/system").json();
        assertThat(system.path("queue").path("source").asString()).isEqualTo("REDIS");
        assertThat(system.path("supervisors").valueStream().toList())
                .anySatisfy(one -> assertThat(one.path("name").asString()).isEqualTo("system-test"));
    }

    private String runs() {
        return "/api/dashboard/v1/environments/" + environmentId("prod") + "/runs";
    }

    private JsonNode page(RunId run) {
        return browser.get(runs() + "/" + run).json();
    }

    private RunId trigger() {
        return trigger(TriggerCommand.of(environmentId("prod"), taskId)
                .payload("{\"n\":1}")
                .build());
    }

    private RunId trigger(TriggerCommand command) {
        return ((TriggerOutcome.Accepted) engine.trigger(command)).runId();
    }

    private SnapshotId start(RunId run) {
        ClaimRequest request = new ClaimRequest("main", "dashboard-test", 50, Duration.ofSeconds(2));
        for (int i = 0; i < 100; i++) {
            for (ClaimedRun claimed : engine.claim(request)) {
                if (claimed.state().runId().equals(run)) {
                    engine.start(run, claimed.state().snapshotId(), "runner");
                    return engine.state(run).orElseThrow().snapshotId();
                }
            }
        }
        throw new AssertionError("run " + run + " was not handed out");
    }

    private void log(RunId run, String... messages) {
        List<Map<String, Object>> lines = List.of(messages).stream()
                .map(message -> Map.<String, Object>of("body", Map.of("stringValue", message)))
                .toList();
        sender(run)
                .post(
                        "/otel/v1/logs",
                        Map.of("resourceLogs", List.of(Map.of("scopeLogs", List.of(Map.of("logRecords", lines))))));
    }

    private Http sender(RunId run) {
        return anonymous().with("Authorization", "Bearer " + tokens.mint(new RunIdentity(run, environmentId("prod"))));
    }

    private static List<String> ids(JsonNode page) {
        return page.path("data")
                .valueStream()
                .map(run -> run.path("id").asString())
                .toList();
    }
}
