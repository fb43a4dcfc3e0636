package dev.runyard.webapp.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.manifest.QueueManifest;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.session.Browser;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.Http;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

class PagesTest extends WebappTest {
    @Autowired
    private ApplicationContext server;

    private final String task = "page/" + UUID.randomUUID();
    private final String queue = "queue-" + UUID.randomUUID();
    private Http browser = Http.anonymous("");
    private DeploymentId deployment = new DeploymentId(new UUID(0, 0));

    @BeforeEach
    void deploy() {
        browser = Browser.signIn(server, anonymous());
        // Nothing runs in this environment: what is counted stays.
        deployment = Deployments.deploy(api("stg"), Deployments.task(task, new QueueManifest(queue, 3), null));
    }

    @Test
    void showsTasksWithTheirActivity() {
        trigger(Map.of());
        String newest = trigger(Map.of());

        JsonNode shown = await().until(
                        this::shownTask,
                        one -> one.path("activity").path("queued").asInt() == 2);
        assertThat(shown.path("definition").path("queue").path("name").asString())
                .isEqualTo(queue);
        JsonNode activity = shown.path("activity");
        assertThat(activity.path("running").asInt()).isZero();
        assertThat(activity.path("hours").size()).isEqualTo(24);
        assertThat(activity.path("hours")
                        .valueStream()
                        .mapToInt(hour -> hour.path("total").asInt())
                        .sum())
                .isEqualTo(2);
        assertThat(activity.path("lastRun").path("id").asString()).isEqualTo(newest);
    }

    @Test
    void showsTheFieldsOfAPayloadAsTheirAuthorOrderedThem() {
        Map<String, Object> fields = new LinkedHashMap<>();
        List<String> names = List.of("recipient", "cc", "subject", "body", "at");
        names.forEach(name -> fields.put(name, Map.of("type", "string")));

        deployment =
                Deployments.deploy(api("stg"), Deployments.task(task, Map.of("type", "object", "properties", fields)));

        JsonNode shown = shownTask().path("definition").path("payloadSchema").path("properties");
        assertThat(shown.propertyNames()).containsExactlyElementsOf(names);
    }

    @Test
    void offersThePayloadsOfTheNewestRuns() {
        trigger(Map.of("payload", Map.of("n", 1)));
        trigger(Map.of("payload", Map.of("n", 2)));

        JsonNode payloads = page("/payloads?task=" + task).path("data");
        assertThat(payloads.size()).isEqualTo(2);
        assertThat(payloads.path(0).path("payload").asString()).isEqualTo("{\"n\":2}");
    }

    @Test
    void showsTheTasksOfOneRelease() {
        assertThat(page("/deployments/" + deployment + "/tasks").path("data").size())
                .isEqualTo(1);
        assertThat(browser.get(base("prod") + "/deployments/" + deployment + "/tasks")
                        .status())
                .isEqualTo(404);
        assertThat(browser.get(base("stg") + "/deployments/nonsense/tasks").status())
                .isEqualTo(404);
    }

    @Test
    void tellsTheCourseOfARelease() {
        JsonNode log = page("/deployments/" + deployment + "/log");
        assertThat(log.path("steps").findValuesAsString("sentence"))
                .containsExactly(
                        "It was begun and got its number",
                        "1 task was read from the build",
                        "It was deployed: its runs can be started",
                        "It became the current version");
        assertThat(log.path("steps").findValues("at")).hasSize(4);
        assertThat(log.path("image").asString()).isNotEmpty();
        assertThat(log.has("failure")).isFalse();
        assertThat(browser.get(base("prod") + "/deployments/" + deployment + "/log")
                        .status())
                .isEqualTo(404);
        assertThat(browser.get(base("stg") + "/deployments/nonsense/log").status())
                .isEqualTo(404);
    }

    @Test
    void listsBatchesOfTheEnvironmentOnly() {
        String batch = api("stg")
                .post("/api/v2/tasks/batch", Map.of("items", List.of(Map.of("task", task), Map.of("task", task))))
                .json()
                .path("id")
                .asString();

        JsonNode first = page("/batches").path("data").path(0);
        assertThat(first.path("id").asString()).isEqualTo(batch);
        assertThat(first.path("expected").asInt()).isEqualTo(2);
        assertThat(browser.get(base("prod") + "/batches").text()).doesNotContain(batch);
        assertThat(browser.get(base("stg") + "/batches?cursor=x").status()).isEqualTo(400);
    }

    @Test
    void dividesAQueueByItsKeys() {
        trigger(Map.of("options", Map.of("concurrencyKey", "a")));
        trigger(Map.of("options", Map.of("concurrencyKey", "b")));

        JsonNode keys = page("/queue-keys?queue=" + queue).path("data");
        assertThat(keys.findValuesAsString("concurrencyKey")).containsExactlyInAnyOrder("a", "b");
        assertThat(browser.get(base("stg") + "/queue-keys?queue=none").status()).isEqualTo(404);
    }

    @Test
    void saysWhatARuleMeans() {
        JsonNode times = browser.get("/api/dashboard/v1/schedule-times?cron=0%209%20*%20*%201-5&timezone=Europe/Berlin")
                .json();
        assertThat(times.path("description").asString()).contains("09:00");
        assertThat(times.path("next").size()).isEqualTo(10);
        assertThat(browser.get("/api/dashboard/v1/schedule-times?cron=nonsense").status())
                .isEqualTo(400);
        assertThat(browser.get("/api/dashboard/v1/schedule-times?cron=*%20*%20*%20*%20*&timezone=Nowhere")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void showsWhatSupervisorsSaid() {
        supervisor("worker-page").post("/engine/v1/worker-actions/connect", Map.of());

        JsonNode worker = browser.get("/api/dashboard/v1/workers")
                .json()
                .path("data")
                .valueStream()
                .filter(one -> one.path("name").asString().equals("worker-page"))
                .findFirst()
                .orElseThrow();
        assertThat(worker.path("running").asInt()).isZero();
        assertThat(worker.has("lastSeenAt")).isTrue();
    }

    @Test
    void filtersRunsByWhatTheApiFiltersThem() {
        String tagged = trigger(Map.of("options", Map.of("tags", List.of("red"), "test", true)));
        trigger(Map.of("options", Map.of("machine", "micro")));

        for (String filter :
                List.of("tag=red", "isTest=true", "tag=red&queue=" + queue, "period=1h&tag=red", "from=0&tag=red")) {
            JsonNode found = page("/runs?task=" + task + "&" + filter).path("data");
            assertThat(found.findValuesAsString("id")).as(filter).containsExactly(tagged);
        }
        assertThat(page("/runs?task=" + task + "&machine=micro").path("data").size())
                .isEqualTo(1);
        assertThat(page("/runs?version=19990101.1").path("data").size()).isZero();
        assertThat(browser.get(base("stg") + "/runs?machine=enormous").text()).contains("Invalid machine");
        assertThat(browser.get(base("stg") + "/runs?period=soon").status()).isEqualTo(400);
        assertThat(browser.get(base("stg") + "/runs?batch=x").status()).isEqualTo(400);
    }

    private JsonNode shownTask() {
        return page("/tasks")
                .path("data")
                .valueStream()
                .filter(one -> one.path("id").asString().equals(task))
                .findFirst()
                .orElseThrow();
    }

    private String trigger(Map<String, ?> body) {
        Http.Answer answer = api("stg").post("/api/v1/tasks/" + task.replace("/", "%2F") + "/trigger", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("id").asString();
    }

    private JsonNode page(String path) {
        Http.Answer answer = browser.get(base("stg") + path);
        assertThat(answer.status()).as(path + answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String base(String slug) {
        return "/api/dashboard/v1/environments/" + environmentId(slug);
    }
}
