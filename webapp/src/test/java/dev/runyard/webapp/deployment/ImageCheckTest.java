package dev.runyard.webapp.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.session.Browser;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.Http;
import dev.runyard.webapp.testing.Http.Answer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

class ImageCheckTest extends WebappTest {
    private static final String CHECKS = "/engine/v1/worker-actions/image-checks";

    @Autowired
    private ApplicationContext server;

    private final String image = "example/tasks:" + UUID.randomUUID();
    private Http api = Http.anonymous("");
    private Http worker = Http.anonymous("");
    private Http other = Http.anonymous("");

    @BeforeEach
    void call() {
        api = api("stg");
        worker = supervisor("checker-" + UUID.randomUUID());
        other = supervisor("other-" + UUID.randomUUID());
    }

    @Test
    void releasesAVersionOnceASupervisorStartedItsImage() {
        Deployments.deploy(api, Deployments.task("before"));
        DeploymentId id = finalizeWith(Map.of("imageReference", image, "checkImage", true));
        assertThat(status(id)).isEqualTo("DEPLOYING");
        assertThat(currentImage()).isNotEqualTo(image);

        take(id);
        assertThat(result(worker, id, Map.of("passed", true)).status()).isEqualTo(200);

        assertThat(status(id)).isEqualTo("DEPLOYED");
        assertThat(currentImage()).isEqualTo(image);
        assertThat(result(worker, id, Map.of("passed", true)).status())
                .as("the same said again")
                .isEqualTo(200);
    }

    @Test
    void failsAVersionWhoseImageDoesNotStart() {
        DeploymentId id = finalizeWith(Map.of("imageReference", image, "checkImage", true));
        take(id);

        result(worker, id, Map.of("passed", false, "reason", "no such image"));

        JsonNode shown = api.get(Deployments.path(id)).json();
        assertThat(shown.path("status").asString()).isEqualTo("FAILED");
        assertThat(shown.path("errorData").path("message").asString()).isEqualTo("no such image");
        assertThat(currentImage()).isNotEqualTo(image);
        JsonNode log = Browser.signIn(server, anonymous())
                .get("/api/dashboard/v1/environments/" + environmentId("stg") + "/deployments/" + id + "/log")
                .json();
        assertThat(log.path("failure").asString()).isEqualTo("no such image");
        assertThat(log.path("steps").findValuesAsString("sentence"))
                .anyMatch(sentence -> sentence.endsWith("could not start it, and the release failed"));
        Answer again = api.post(Deployments.path(id) + "/finalize", Map.of("imageReference", image));
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.text()).contains("no such image");
    }

    @Test
    void hearsOnlyTheSupervisorThatHasTheCheck() {
        DeploymentId id = finalizeWith(Map.of("imageReference", image, "checkImage", true));
        take(id);

        assertThat(result(other, id, Map.of("passed", true)).status()).isEqualTo(404);
        assertThat(status(id)).isEqualTo("DEPLOYING");
        assertThat(other.post(CHECKS + "/take", null).text()).doesNotContain(id.toString());
        assertThat(result(worker, id, Map.of("passed", "perhaps")).status()).isEqualTo(400);
    }

    @Test
    void leavesTheCurrentVersionWhereToldTo() {
        DeploymentId id = finalizeWith(Map.of("imageReference", image, "skipPromotion", true));
        assertThat(status(id)).isEqualTo("DEPLOYED");
        assertThat(currentImage()).isNotEqualTo(image);

        DeploymentId checked = finalizeWith(Map.of("imageReference", image, "checkImage", true, "skipPromotion", true));
        take(checked);
        result(worker, checked, Map.of("passed", true));

        assertThat(status(checked)).isEqualTo("DEPLOYED");
        assertThat(currentImage()).isNotEqualTo(image);
    }

    private DeploymentId finalizeWith(Map<String, Object> request) {
        DeploymentId id = Deployments.initialize(api);
        api.post(
                        Deployments.path(id) + "/background-workers",
                        Deployments.registration(Deployments.task("task-" + UUID.randomUUID())))
                .as(Map.class);
        api.post(Deployments.path(id) + "/finalize", request).as(Map.class);
        return id;
    }

    /// Other tests' checks may come along.
    private void take(DeploymentId id) {
        String taken = "";
        while (!taken.contains(id.toString())) {
            taken = worker.post(CHECKS + "/take", null).text();
            assertThat(taken).contains("\"deployment\"");
        }
    }

    private static Answer result(Http supervisor, DeploymentId id, Map<String, Object> said) {
        return supervisor.post(CHECKS + "/" + id + "/result", said);
    }

    private String status(DeploymentId id) {
        return api.get(Deployments.path(id)).json().path("status").asString();
    }

    private String currentImage() {
        return api.get("/api/v1/deployments/current")
                .json()
                .path("imageReference")
                .asString("");
    }
}
