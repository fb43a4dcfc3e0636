package dev.runyard.webapp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.session.Browser;
import dev.runyard.webapp.tenant.EnvironmentType;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.Projects;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.testing.Http;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// Who did what stands in the record of the organization that it concerns.
class AuditTest extends WebappTest {
    @Autowired
    private ApplicationContext server;

    @Autowired
    private Projects projects;

    @Autowired
    private Memberships memberships;

    private Http browser = Http.anonymous("");
    private Http key = Http.anonymous("");
    private String organization = "";

    @BeforeEach
    void makeAProject() {
        browser = Browser.signIn(server, anonymous());
        UUID id = projects.createOrganization("Audit").id();
        organization = id.toString();
        memberships.join(memberships.person("ann@example.com").orElseThrow().id(), id, Role.OWNER);
        UUID project = projects.create(id, "audit").id();
        key = anonymous()
                .with(
                        "Authorization",
                        "Bearer "
                                + projects.environment(project, EnvironmentType.PRODUCTION)
                                        .orElseThrow()
                                        .secretKey()
                                        .value());
    }

    @Test
    void recordsWhatCallersDoToRuns() {
        String run = trigger();
        String replayed = key.post("/api/v1/runs/" + run + "/replay", null)
                .json()
                .path("id")
                .asString();
        key.post("/api/v2/runs/" + run + "/cancel", null);
        key.post("/api/v2/runs/" + run + "/cancel", null);
        String bulk = key.post("/api/v1/bulk-actions", Map.of("action", "cancel", "runIds", List.of(replayed)))
                .json()
                .path("id")
                .asString();

        List<JsonNode> entries = entries();
        assertThat(entries)
                .extracting(entry -> entry.path("action").asString() + " "
                        + entry.path("target").asString())
                .containsExactly("bulk.cancel " + bulk, "run.cancel " + run, "run.replay " + run);
        assertThat(entries.getLast().path("details").asString()).isEqualTo("as " + replayed);
        assertThat(entries.getFirst().path("actorKind").asString()).isEqualTo("key");
        assertThat(entries.getFirst().path("address").asString()).isNotEmpty();
    }

    @Test
    void recordsPersonalTokens() {
        String token = browser.post("/api/dashboard/v1/personal-tokens", Map.of("name", "laptop"))
                .json()
                .path("token")
                .asString();
        String code = anonymous()
                .post("/api/v1/authorization-code", null)
                .json()
                .path("authorizationCode")
                .asString();
        browser.post("/api/dashboard/v1/authorization-codes/" + code + "/confirm", Map.of());

        assertThat(entries())
                .extracting(entry -> entry.path("action").asString() + " "
                        + entry.path("target").asString())
                .containsExactly("personal-token.create command line", "personal-token.create laptop");
        assertThat(entries().toString())
                .contains("ann@example.com")
                .doesNotContain(token)
                .doesNotContain(code);
    }

    private String trigger() {
        return key.post("/api/v1/tasks/audit/trigger", Map.of("payload", 1))
                .json()
                .path("id")
                .asString();
    }

    private List<JsonNode> entries() {
        return browser
                .get("/api/dashboard/v1/organizations/" + organization + "/audit")
                .json()
                .path("data")
                .values()
                .stream()
                .toList();
    }
}
