package dev.runyard.webapp.dashboard.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.runyard.engine.RunEngine;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.session.Browser;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.FailedRuns;
import dev.runyard.webapp.testing.Http;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

class FailureTest extends WebappTest {
    @Autowired
    private ApplicationContext server;

    @Autowired
    private RunEngine engine;

    private final String task = "failing-" + UUID.randomUUID();
    private Http browser = Http.anonymous("");

    @BeforeEach
    void deploy() {
        browser = Browser.signIn(server, anonymous());
        Deployments.deploy(api("prod"), Deployments.task(task));
    }

    @Test
    void gathersRunsThatFailedInOneWay() {
        RunId first = fail("order 1 is gone");
        RunId second = fail("order 22 is gone");
        fail("the disk is full");

        List<JsonNode> groups = await().until(
                        this::groups,
                        found -> found.size() == 2
                                && found.stream()
                                                .mapToInt(
                                                        one -> one.path("count").asInt())
                                                .sum()
                                        == 3);
        JsonNode orders = groups.stream()
                .filter(one -> one.path("count").asInt() == 2)
                .findFirst()
                .orElseThrow();
        assertThat(orders.path("message").asString()).isEqualTo("order 22 is gone");
        assertThat(orders.path("name").asString()).isEqualTo("Boom");
        assertThat(orders.path("state").asString()).isEqualTo("OPEN");
        assertThat(orders.path("bars").size()).isEqualTo(24);
        assertThat(orders.path("bars").valueStream().mapToInt(JsonNode::asInt).sum())
                .isEqualTo(2);
        JsonNode runs = browser.get(errors() + "/" + orders.path("fingerprint").asString() + "/runs")
                .json()
                .path("data");
        assertThat(runs.findValuesAsString("id")).containsExactlyInAnyOrder(first.toString(), second.toString());
    }

    @Test
    void opensAgainWhatHappensAgainAfterItWasResolved() {
        fail("broken");
        String fingerprint = await().until(this::groups, found -> found.size() == 1)
                .getFirst()
                .path("fingerprint")
                .asString();

        assertThat(decide(fingerprint, "RESOLVED")).isEqualTo(204);
        assertThat(groups().getFirst().path("state").asString()).isEqualTo("RESOLVED");
        assertThat(groups().getFirst().path("changedBy").asString()).isEqualTo("ann@example.com");
        fail("broken");
        await().until(() -> groups().getFirst().path("state").asString().equals("OPEN"));

        assertThat(decide(fingerprint, "IGNORED")).isEqualTo(204);
        fail("broken");
        await().until(() -> groups().getFirst().path("count").asInt() == 3);
        assertThat(groups().getFirst().path("state").asString()).isEqualTo("IGNORED");
        assertThat(decide(fingerprint, "OPEN")).isEqualTo(204);
        assertThat(groups().getFirst().path("state").asString()).isEqualTo("OPEN");
    }

    @Test
    void listsTheRunsOfOneKind() {
        RunId first = fail("order 1 is gone");
        RunId second = fail("order 22 is gone");
        fail("the disk is full");
        String error =
                await()
                        .until(
                                this::groups,
                                found -> found.stream()
                                        .anyMatch(one -> one.path("count").asInt() == 2))
                        .stream()
                        .filter(one -> one.path("count").asInt() == 2)
                        .map(one -> "error_" + one.path("fingerprint").asString())
                        .findFirst()
                        .orElseThrow();

        JsonNode listed = api("prod")
                .get("/api/v1/runs?filter%5Berror%5D=" + error)
                .json()
                .path("data");
        JsonNode shown = browser.get("/api/dashboard/v1/environments/" + environmentId("prod") + "/runs?error=" + error)
                .json()
                .path("data");
        JsonNode elsewhere =
                api("dev").get("/api/v1/runs?filter%5Berror%5D=" + error).json().path("data");

        assertThat(ids(listed)).containsExactly(second.toString(), first.toString());
        assertThat(ids(shown)).containsExactly(second.toString(), first.toString());
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(decide("nothing", "RESOLVED")).isEqualTo(404);
        assertThat(decide("nothing", "GONE")).isEqualTo(400);
        assertThat(browser.get(errors() + "/nothing/runs").status()).isEqualTo(404);
        assertThat(browser.get(errors() + "?period=31d").status()).isEqualTo(400);
        assertThat(browser.get(errors() + "?period=30d").status()).isEqualTo(200);
        assertThat(browser.get(errors() + "?period=0s").status()).isEqualTo(400);
    }

    private RunId fail(String message) {
        return FailedRuns.fail(
                engine, environmentId("prod"), task, new TaskRunError.BuiltIn("Boom", message, "at a.B.c(B.java:1)"));
    }

    private static List<String> ids(JsonNode runs) {
        return runs.valueStream().map(run -> run.path("id").asString()).toList();
    }

    private int decide(String fingerprint, String state) {
        return browser.put(errors() + "/" + fingerprint, Map.of("state", state)).status();
    }

    private List<JsonNode> groups() {
        return browser.get(errors() + "?period=1d")
                .json()
                .path("data")
                .valueStream()
                .filter(one -> one.path("taskId").asString().equals(task))
                .toList();
    }

    private static String errors() {
        return "/api/dashboard/v1/environments/" + environmentId("prod") + "/errors";
    }
}
