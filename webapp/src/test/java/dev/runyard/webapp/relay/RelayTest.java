package dev.runyard.webapp.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.session.Browser;
import dev.runyard.webapp.tenant.EnvironmentType;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.Projects;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.tenant.TenantEnvironment;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.Http;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

class RelayTest extends WebappTest {
    @Autowired
    private ApplicationContext server;

    @Autowired
    private Projects projects;

    @Autowired
    private Memberships memberships;

    private static @Nullable TenantEnvironment shared;

    private Http browser = Http.anonymous("");
    private UUID ann = new UUID(0, 0);

    @SuppressWarnings("NullAway.Init") // made before each test
    private TenantEnvironment prod;

    private String base = "";

    @BeforeEach
    void makeAProject() {
        browser = Browser.signIn(server, anonymous());
        ann = memberships.person("ann@example.com").orElseThrow().id();
        prod = project();
        memberships.join(ann, prod.organization().id(), Role.DEVELOPER);
        base = "/api/dashboard/v1/environments/" + prod.id();
    }

    /// One for all tests: whoever signs in has all of them on every page.
    private TenantEnvironment project() {
        TenantEnvironment known = shared;
        if (known == null) {
            UUID organization = projects.createOrganization("Relayed").id();
            known = projects.environment(
                            projects.create(organization, "relayed").id(), EnvironmentType.PRODUCTION)
                    .orElseThrow();
            shared = known;
        }
        return known;
    }

    @Test
    void actsOnTheEnvironmentOfTheAddress() {
        Deployments.deploy(key(), Deployments.task("reports/daily"));
        Http.Answer triggered =
                browser.post(base + "/api/v1/tasks/reports%2Fdaily/trigger", Map.of("payload", Map.of("n", 1)));
        assertThat(triggered.status()).as(triggered.text()).isEqualTo(200);
        String run = triggered.json().path("id").asString();

        assertThat(key().get("/api/v3/runs/" + run).status()).isEqualTo(200);
        assertThat(browser.get(base + "/runs/" + run).json().path("taskId").asString())
                .isEqualTo("reports/daily");
        assertThat(browser.get(base + "/api/v1/queues").text()).contains("reports/daily");
    }

    @Test
    void letsViewersLookOnly() {
        memberships.join(ann, prod.organization().id(), Role.VIEWER);

        for (String path : List.of("runs", "queues", "schedules", "deployments", "bulk-actions", "waitpoints/tokens")) {
            assertThat(browser.get(base + "/api/v1/" + path).status()).as(path).isEqualTo(200);
        }
        assertThat(browser.post(base + "/api/v1/tasks/any/trigger", Map.of()).status())
                .isEqualTo(403);
        assertThat(browser.post(base + "/api/v1/waitpoints/tokens", Map.of()).status())
                .isEqualTo(403);
        assertThat(browser.get(base + variables()).status()).isEqualTo(403);
    }

    @Test
    void doesNotLeadToOtherTenants() {
        UUID foreign = projects.createOrganization("Elsewhere").id();
        TenantEnvironment theirs = projects.environment(
                        projects.create(foreign, "elsewhere").id(), EnvironmentType.PRODUCTION)
                .orElseThrow();

        Http.Answer answer = browser.get("/api/dashboard/v1/environments/" + theirs.id() + "/api/v1/runs");
        Http.Answer nobodys = browser.get("/api/dashboard/v1/environments/env_none/api/v1/runs");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).isEqualTo(nobodys.text());
        assertThat(browser.get(base + "/api/v1/projects/" + theirs.project().ref() + "/envvars/prod")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void relaysNothingThatAnswersWithASecret() {
        String project = "/api/v1/projects/" + prod.project().ref();
        for (String path : List.of(
                project + "/prod",
                project + "/envvars",
                project,
                "/api/v1/projects",
                "/api/v1/whoami",
                "/api/v1/orgs",
                "/api/v1/packets/x",
                "/api/v1/runsx",
                "/api/v1/runs;x/../whoami",
                "/api/dashboard/v1/session",
                "/engine/v1/worker-actions/connect")) {
            assertThat(browser.get(base + path).status()).as(path).isIn(400, 404);
        }
        for (String path : List.of("/api/v1/auth/jwt", "/api/v1/auth/public-tokens", "/api/v1/token")) {
            assertThat(browser.post(base + path, Map.of()).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void asksForASessionAndForTheProofOfThePage() {
        String run = base + "/api/v1/tasks/any/trigger";
        Http forged = anonymous()
                .with("Cookie", browser.headers().getOrDefault("Cookie", ""))
                .with("Content-Type", "application/json");

        assertThat(forged.post(run, Map.of()).status()).isEqualTo(403);
        assertThat(anonymous().get(base + "/api/v1/runs").status()).isEqualTo(401);
        assertThat(key().get(base + "/api/v1/runs").status()).isEqualTo(401);
    }

    @Test
    void notesThePersonWhoChangedSomething() {
        assertThat(browser.post(base + variables(), Map.of("name", "RELAYED", "value", "1"))
                        .status())
                .isEqualTo(200);

        memberships.join(ann, prod.organization().id(), Role.ADMIN);
        Http.Answer audit = browser.get(
                "/api/dashboard/v1/organizations/" + prod.organization().slug() + "/audit");
        assertThat(audit.json().path("data").path(0).path("actor").asString()).isEqualTo("ann@example.com");
        assertThat(audit.json().path("data").path(0).path("action").asString()).isEqualTo("variable.write");
    }

    private String variables() {
        return "/api/v1/projects/" + prod.project().ref() + "/envvars/prod";
    }

    private Http key() {
        return anonymous().with("authorization", "Bearer " + prod.secretKey().value());
    }
}
