package dev.runyard.webapp.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.session.Browser;
import dev.runyard.webapp.tenant.EnvironmentType;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.Projects;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.tenant.TenantEnvironment;
import dev.runyard.webapp.testing.Http;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

class PauseTest extends WebappTest {
    @Autowired
    private ApplicationContext server;

    @Autowired
    private Projects projects;

    @Autowired
    private Memberships memberships;

    private UUID organization = new UUID(0, 0);
    private UUID person = new UUID(0, 0);
    private Http browser = Http.anonymous("");
    private Http key = Http.anonymous("");
    private String environment = "";

    @BeforeEach
    void makeAProject() {
        browser = Browser.signIn(server, anonymous());
        organization = projects.createOrganization("Pauses").id();
        person = memberships.person("ann@example.com").orElseThrow().id();
        memberships.join(person, organization, Role.OWNER);
        TenantEnvironment made = projects.environment(
                        projects.create(organization, "pauses").id(), EnvironmentType.PRODUCTION)
                .orElseThrow();
        key = anonymous().with("Authorization", "Bearer " + made.secretKey().value());
        environment = "/api/dashboard/v1/environments/" + made.id();
    }

    @Test
    void holdsRunsUntilItEnds() {
        assertThat(browser.put(environment + "/pause", Map.of())
                        .json()
                        .path("isPaused")
                        .asBoolean())
                .isTrue();
        String run = key.post("/api/v1/tasks/paused/trigger", Map.of("payload", 1))
                .json()
                .path("id")
                .asString();

        assertThat(gates(run)).contains("The environment is paused");
        assertThat(browser.delete(environment + "/pause")
                        .json()
                        .path("isPaused")
                        .asBoolean())
                .isFalse();
        assertThat(gates(run)).doesNotContain("paused");
    }

    @Test
    void goesOnSinceTheFirstOfTwoCalls() {
        JsonNode first = browser.put(environment + "/pause", Map.of()).json();
        JsonNode second = browser.put(environment + "/pause", Map.of()).json();

        assertThat(second).isEqualTo(first);
        assertThat(browser.get(environment + "/pause").json()).isEqualTo(first);
        assertThat(first.path("since").asString()).isNotEmpty();
    }

    @Test
    void isForDevelopersAndRecorded() {
        browser.put(environment + "/pause", Map.of());
        browser.delete(environment + "/pause");
        assertThat(browser.get("/api/dashboard/v1/organizations/" + organization + "/audit")
                        .json()
                        .path("data")
                        .findValuesAsString("action"))
                .containsExactly("environment.resume", "environment.pause");

        memberships.join(person, organization, Role.VIEWER);
        assertThat(browser.get(environment + "/pause").status()).isEqualTo(200);
        assertThat(browser.put(environment + "/pause", Map.of()).status()).isEqualTo(403);
    }

    private String gates(String run) {
        return browser.get(environment + "/runs/" + run)
                .json()
                .path("waitingFor")
                .toString();
    }
}
