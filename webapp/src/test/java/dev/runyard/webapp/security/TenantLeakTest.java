package dev.runyard.webapp.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.auth.PublicTokens;
import dev.runyard.webapp.auth.Routes;
import dev.runyard.webapp.auth.Routes.Route;
import dev.runyard.webapp.session.Browser;
import dev.runyard.webapp.tenant.EnvironmentType;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.PersonalTokens;
import dev.runyard.webapp.tenant.Projects;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.tenant.TenantEnvironment;
import dev.runyard.webapp.testing.Http;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/// Two tenants: what one names, the other does not find.
class TenantLeakTest extends WebappTest {
    private static final String CANARY = "canary-5b1e";

    @Autowired
    private ApplicationContext server;

    @Autowired
    private Routes routes;

    @Autowired
    private Projects projects;

    @Autowired
    private Memberships memberships;

    @Test
    void whatOneTenantNamesIsUnknownToTheOther() {
        // Nobody who signs in here belongs to it.
        UUID foreign = projects.createOrganization("Foreign").id();
        Projects.Listed theirs = projects.create(foreign, "foreign");
        TenantEnvironment prod =
                projects.environment(theirs.id(), EnvironmentType.PRODUCTION).orElseThrow();
        Http key =
                anonymous().with("authorization", "Bearer " + prod.secretKey().value());
        String run = key.postText(
                        "/api/v1/tasks/" + CANARY + "/trigger",
                        "{\"payload\":\"%s\",\"options\":{\"tags\":\"%s\"}}".formatted(CANARY, CANARY))
                .json()
                .path("id")
                .asString();
        key.postText(
                "/api/v1/projects/" + theirs.ref() + "/envvars/prod",
                "{\"name\":\"LEAK\",\"value\":\"" + CANARY + "\"}");
        String deployment = key.postText("/api/v1/deployments", "{\"contentHash\":\"" + CANARY + "\"}")
                .json()
                .path("id")
                .asString();
        Map<String, String> named = Map.of(
                "run",
                run,
                "environment",
                prod.id().toString(),
                "project",
                theirs.ref(),
                "deployment",
                deployment,
                "organization",
                theirs.organization().slug(),
                "name",
                "LEAK");
        Map<String, String> unknown = Map.of(
                "run",
                new RunId(UUID.randomUUID()).toString(),
                "environment",
                new EnvironmentId(UUID.randomUUID()).toString(),
                "project",
                "proj_aaaaaaaaaaaaaaaaaaaa",
                "deployment",
                new DeploymentId(UUID.randomUUID()).toString(),
                "organization",
                "nobody",
                "name",
                "LEAK");

        List<String> leaks = new ArrayList<>();
        int compared = 0;
        for (Http stranger : strangers()) {
            for (Route route : routes.all()) {
                if (route.rule().isOpen() || route.variables().stream().noneMatch(named::containsKey)) {
                    continue;
                }
                Http.Answer theirsAnswer = stranger.send(method(route), filled(route, named), "{}");
                Http.Answer nobodysAnswer = stranger.send(method(route), filled(route, unknown), "{}");
                compared++;
                if (theirsAnswer.status() < 300
                        || theirsAnswer.status() >= 500
                        || theirsAnswer.text().contains(CANARY)
                        || theirsAnswer.status() != nobodysAnswer.status()
                        || !masked(theirsAnswer.text(), named).equals(masked(nobodysAnswer.text(), unknown))) {
                    leaks.add(route + ": " + theirsAnswer.status() + " " + theirsAnswer.text() + " / "
                            + nobodysAnswer.status() + " " + nobodysAnswer.text());
                }
            }
        }

        assertThat(leaks).isEmpty();
        assertThat(compared).isGreaterThan(60);
        assertThat(key.get("/api/v3/runs/" + run).text()).contains(CANARY);
    }

    @Test
    void listsShowWhatIsOnesOwn() {
        UUID foreign = projects.createOrganization("Hidden").id();
        Projects.Listed theirs = projects.create(foreign, "hidden-7c2e");

        for (Http stranger : strangers()) {
            for (Route route : routes.all()) {
                if (route.method().equals("GET") && route.variables().isEmpty()) {
                    assertThat(stranger.get(route.pattern()).text())
                            .as(route.toString())
                            .doesNotContain(theirs.ref())
                            .doesNotContain("hidden-7c2e");
                }
            }
        }
    }

    @Test
    void aViewerChangesNothing() {
        Http browser = Browser.signIn(server, anonymous());
        UUID ann = memberships.person("ann@example.com").orElseThrow().id();
        UUID organization = projects.createOrganization("Looking").id();
        Projects.Listed project = projects.create(organization, "looking");
        TenantEnvironment prod =
                projects.environment(project.id(), EnvironmentType.PRODUCTION).orElseThrow();
        memberships.join(ann, organization, Role.VIEWER);
        String run = anonymous()
                .with("authorization", "Bearer " + prod.secretKey().value())
                .postText("/api/v1/tasks/t/trigger", "{}")
                .json()
                .path("id")
                .asString();
        String base = "/api/dashboard/v1/environments/" + prod.id();

        assertThat(browser.get(base + "/runs/" + run).status()).isEqualTo(200);
        assertThat(browser.send("POST", base + "/runs/" + run + "/cancel", "").status())
                .isEqualTo(403);
        assertThat(browser.get(base + "/keys").status()).isEqualTo(403);
        assertThat(browser.send("POST", base + "/keys/rotate", "").status()).isEqualTo(403);
        memberships.join(ann, organization, Role.DEVELOPER);
        assertThat(browser.send("POST", base + "/runs/" + run + "/cancel", "").status())
                .isEqualTo(202);
        assertThat(browser.get(base + "/keys").status()).isEqualTo(403);
        memberships.join(ann, organization, Role.ADMIN);
        assertThat(browser.get(base + "/keys").status()).isEqualTo(200);
    }

    private List<Http> strangers() {
        Http browser = Browser.signIn(server, anonymous());
        UUID ann = memberships.person("ann@example.com").orElseThrow().id();
        UUID organization = projects.createOrganization("Strangers").id();
        memberships.join(ann, organization, Role.OWNER);
        TenantEnvironment prod = projects.environment(
                        projects.create(organization, "strangers").id(), EnvironmentType.PRODUCTION)
                .orElseThrow();
        PublicTokens tokens = server.getBean(PublicTokens.class);
        return List.of(
                browser,
                bearer(prod.secretKey().value()),
                bearer(tokens.sign(prod, List.of("admin"), Duration.ofHours(1))),
                bearer(server.getBean(PersonalTokens.class)
                        .create(ann, "stranger")
                        .value()));
    }

    private Http bearer(String credential) {
        return anonymous().with("authorization", "Bearer " + credential);
    }

    private static String method(Route route) {
        return route.method().equals("*") ? "GET" : route.method();
    }

    /// Answers may repeat what was asked for.
    private static String masked(String text, Map<String, String> values) {
        String masked = text.replaceAll("\"(instance|traceId)\":\"[^\"]*\"", "");
        for (String value : values.values()) {
            masked = masked.replace(value, "…");
        }
        return masked;
    }

    private static String filled(Route route, Map<String, String> values) {
        String path = route.pattern().replaceAll("\\{([a-zA-Z]+):[^/]*}", "{$1}");
        for (String name : route.variables()) {
            path = path.replace("{" + name + "}", values.getOrDefault(name, "prod"));
        }
        return path;
    }
}
