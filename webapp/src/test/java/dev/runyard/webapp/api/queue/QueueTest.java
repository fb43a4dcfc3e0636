package dev.runyard.webapp.api.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.manifest.QueueManifest;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.Http;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class QueueTest extends WebappTest {
    private static final String QUEUES = "/api/v1/queues";

    private final String task = "queued-" + UUID.randomUUID();
    private final String queue = "mail/" + UUID.randomUUID();

    @BeforeEach
    void deploy() {
        Deployments.deploy(
                api("dev"),
                Deployments.task(task),
                Deployments.task("other-" + task, new QueueManifest(queue, 7), null));
    }

    @Test
    void showsAQueueAsTheClientExpects() {
        JsonNode shown =
                api("dev").get(QUEUES + "/" + encoded() + "?type=custom").json();

        assertThat(shown.path("name").asString()).isEqualTo(queue);
        assertThat(shown.path("type").asString()).isEqualTo("custom");
        assertThat(shown.path("concurrencyLimit").asInt()).isEqualTo(7);
        assertThat(shown.path("concurrency").toString())
                .isEqualTo("{\"current\":7,\"base\":7,\"override\":null,\"overriddenAt\":null,\"overriddenBy\":null}");
        assertThat(api("dev").get(QUEUES + "/" + shown.path("id").asString()).json())
                .isEqualTo(shown);
        JsonNode own = api("dev").get(QUEUES + "/" + task + "?type=task").json();
        assertThat(own.path("name").asString()).isEqualTo(task);
        assertThat(own.path("concurrencyLimit").isNull()).isTrue();
        assertThat(api("dev").get(QUEUES + "/none?type=custom").text()).isEqualTo("{\"error\":\"queue-not-found\"}");
        assertThat(api("dev").get(QUEUES + "/none?type=other").status()).isEqualTo(400);
    }

    @Test
    void listsQueuesPageByPage() {
        JsonNode all = api("dev").get(QUEUES + "?perPage=100").json();
        int count = all.at("/pagination/count").asInt();
        JsonNode second = api("dev").get(QUEUES + "?perPage=1&page=2").json();

        assertThat(all.path("data")).hasSize(count);
        assertThat(second.at("/data/0")).isEqualTo(all.at("/data/1"));
        assertThat(second.at("/pagination/totalPages").asInt()).isEqualTo(count);
        assertThat(api("dev").get(QUEUES + "?perPage=1&page=1000").json().path("data"))
                .isEmpty();
        assertThat(api("dev").get(QUEUES + "?perPage=101").status()).isEqualTo(400);
    }

    @Test
    void pausesAndResumes() {
        String path = QUEUES + "/" + encoded() + "/pause";

        assertThat(api("dev")
                        .post(path, Map.of("type", "custom", "action", "pause"))
                        .json()
                        .path("paused")
                        .asBoolean())
                .isTrue();
        assertThat(api("dev")
                        .post(path, Map.of("type", "custom", "action", "resume"))
                        .json()
                        .path("paused")
                        .asBoolean(true))
                .isFalse();
        assertThat(api("dev")
                        .post(path, Map.of("type", "custom", "action", "stop"))
                        .status())
                .isEqualTo(400);
        assertThat(api("dev")
                        .post(QUEUES + "/none/pause", Map.of("type", "custom", "action", "pause"))
                        .text())
                .isEqualTo("{\"error\":\"Queue not found\"}");
    }

    @Test
    void overridesAndResetsALimit() {
        String path = QUEUES + "/" + encoded() + "/concurrency/";

        JsonNode changed =
                override(path, Map.of("type", "custom", "concurrencyLimit", 3)).json();
        assertThat(changed.path("concurrency").toString()).startsWith("{\"current\":3,\"base\":7,\"override\":3");
        assertThat(override(path, Map.of("type", "custom", "concurrencyLimit", 26))
                        .status())
                .isEqualTo(400);
        assertThat(override(path, Map.of("type", "custom")).status()).isEqualTo(400);
        assertThat(override(path, Map.of("type", "custom", "percent", 101)).status())
                .isEqualTo(400);
        JsonNode share = override(path, Map.of("type", "custom", "percent", 20)).json();
        assertThat(share.path("concurrencyLimit").asInt()).isEqualTo(5);
        JsonNode reset =
                api("dev").post(path + "reset", Map.of("type", "custom")).json();
        assertThat(reset.at("/concurrency/override").isNull()).isTrue();
        assertThat(reset.path("concurrencyLimit").asInt()).isEqualTo(7);
        assertThat(api("dev").post(path + "reset", Map.of("type", "custom")).text())
                .isEqualTo("{\"error\":\"Queue is not overridden\"}");
    }

    private Http.Answer override(String path, Map<String, Object> body) {
        return api("dev").post(path + "override", body);
    }

    /// Clients encode a slash twice.
    private String encoded() {
        return URLEncoder.encode(queue.replace("/", "%2F"), StandardCharsets.UTF_8);
    }
}
