package dev.runyard.webapp.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.manifest.QueueManifest;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.tenant.EnvironmentType;
import dev.runyard.webapp.tenant.Projects;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class DeploymentListTest extends WebappTest {
    @Autowired
    private Projects projects;

    private Http key = Http.anonymous("");

    @BeforeEach
    void makeAProject() {
        UUID organization = projects.createOrganization("Deployments").id();
        UUID project = projects.create(organization, "deployments").id();
        String secret = projects.environment(project, EnvironmentType.PRODUCTION)
                .orElseThrow()
                .secretKey()
                .value();
        key = anonymous().with("Authorization", "Bearer " + secret);
    }

    @Test
    void listsTheNewestFirstPageByPage() {
        assertThat(key.get("/api/v1/deployments").text()).isEqualTo("{\"data\":[],\"pagination\":{}}");
        assertThat(key.get("/api/v1/deployments/latest").status()).isEqualTo(404);
        for (int i = 0; i < 6; i++) {
            deploy("t" + i);
        }
        key.postText("/api/v1/deployments", "{\"contentHash\":\"begun\"}");

        JsonNode first = key.get("/api/v1/deployments?page%5Bsize%5D=1").json();
        assertThat(versions(first)).hasSize(5).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(first.path("data").path(0).has("runtimeVersion")).isTrue();
        assertThat(first.path("data").path(0).path("status").asString()).isEqualTo("BUILDING");
        JsonNode second = key.get("/api/v1/deployments?page%5Bsize%5D=5&page%5Bafter%5D="
                        + first.path("pagination").path("next").asString())
                .json();
        assertThat(versions(second)).hasSize(2).doesNotContainAnyElementsOf(versions(first));
        assertThat(second.path("pagination").toString()).isEqualTo("{}");
        assertThat(versions(
                        key.get("/api/v1/deployments?status=DEPLOYED&period=1d").json()))
                .hasSize(6);
        assertThat(versions(
                        key.get("/api/v1/deployments?to=2020-01-01T00:00:00Z").json()))
                .isEmpty();
        assertThat(key.get("/api/v1/deployments/latest")
                        .json()
                        .path("contentHash")
                        .asString())
                .isEqualTo("begun");
        for (String wrong : List.of("status=x", "period=x", "from=x", "page%5Bsize%5D=x", "page%5Bafter%5D=x")) {
            assertThat(key.get("/api/v1/deployments?" + wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void goesBackOnlyWhenTold() {
        deploy("one");
        String one =
                key.get("/api/v1/deployments/current").json().path("version").asString();
        deploy("two");
        String two =
                key.get("/api/v1/deployments/current").json().path("version").asString();

        Http.Answer refused = key.send("POST", "/api/v1/deployments/" + one + "/promote", "");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("error").asString()).contains("allowRollbacks=true");
        JsonNode promoted = key.send("POST", "/api/v1/deployments/" + one + "/promote?allowRollbacks=true", "")
                .json();
        assertThat(promoted.path("version").asString()).isEqualTo(one);
        assertThat(promoted.has("shortCode")).isTrue();
        assertThat(key.get("/api/v1/deployments/current").json().path("version").asString())
                .isEqualTo(one);
        assertThat(key.send("POST", "/api/v1/deployments/" + two + "/promote", "")
                        .status())
                .isEqualTo(200);
        assertThat(key.send("POST", "/api/v1/deployments/20200101.1/promote", "")
                        .status())
                .isEqualTo(404);
    }

    private void deploy(String task) {
        Deployments.deploy(key, Deployments.task(task, new QueueManifest("queue-" + task, 1), null));
    }

    private static List<String> versions(JsonNode list) {
        List<String> versions = new ArrayList<>();
        list.path("data").forEach(one -> versions.add(one.path("version").asString()));
        return versions;
    }
}
