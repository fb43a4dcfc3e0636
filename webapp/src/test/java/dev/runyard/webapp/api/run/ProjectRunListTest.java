package dev.runyard.webapp.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.session.Browser;
import dev.runyard.webapp.tenant.EnvironmentType;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.PersonalTokens;
import dev.runyard.webapp.tenant.Projects;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.testing.Http;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// Runs of a whole project, as a person sees them.
class ProjectRunListTest extends WebappTest {
    @Autowired
    private ApplicationContext server;

    @Autowired
    private Projects projects;

    @Autowired
    private Memberships memberships;

    @Autowired
    private PersonalTokens tokens;

    private Projects.Listed project;
    private Http person = Http.anonymous("");

    @BeforeEach
    void makeAProject() {
        Browser.signIn(server, anonymous());
        UUID ann = memberships.person("ann@example.com").orElseThrow().id();
        UUID organization = projects.createOrganization("Lists").id();
        memberships.join(ann, organization, Role.VIEWER);
        project = projects.create(organization, "lists");
        person = anonymous()
                .with("Authorization", "Bearer " + tokens.create(ann, "lists").value());
    }

    @Test
    void mixesTheEnvironmentsInTheOrderOfTheirRuns() {
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            newestFirst.addFirst(trigger(i % 3 == 0 ? EnvironmentType.PRODUCTION : EnvironmentType.STAGING));
        }

        JsonNode first = list("&page%5Bsize%5D=3");
        JsonNode second = list("&page%5Bsize%5D=3&page%5Bafter%5D=" + cursor(first, "next"));
        JsonNode third = list("&page%5Bsize%5D=3&page%5Bafter%5D=" + cursor(second, "next"));
        JsonNode back = list("&page%5Bsize%5D=3&page%5Bbefore%5D=" + cursor(third, "previous"));
        JsonNode front = list("&page%5Bsize%5D=3&page%5Bbefore%5D=" + cursor(back, "previous"));

        assertThat(ids(first)).isEqualTo(newestFirst.subList(0, 3));
        assertThat(first.path("pagination").has("previous")).isFalse();
        assertThat(ids(second)).isEqualTo(newestFirst.subList(3, 6));
        assertThat(ids(third)).isEqualTo(newestFirst.subList(6, 7));
        assertThat(third.path("pagination").has("next")).isFalse();
        assertThat(ids(back)).isEqualTo(newestFirst.subList(3, 6));
        assertThat(ids(front)).isEqualTo(newestFirst.subList(0, 3));
        assertThat(front.path("pagination").has("previous")).isFalse();
    }

    @Test
    void filtersByEnvironment() {
        String production = trigger(EnvironmentType.PRODUCTION);
        String staging = trigger(EnvironmentType.STAGING);

        assertThat(ids(list("&filter%5Benv%5D=prod"))).containsExactly(production);
        assertThat(ids(list("&filter%5Benv%5D=staging"))).containsExactly(staging);
        assertThat(ids(list("&filter%5Benv%5D=prod,staging"))).containsExactly(staging, production);
        assertThat(list("&filter%5Benv%5D=prod").at("/data/0/env/name").asString())
                .isEqualTo("prod");
        assertThat(person.get(path() + "?filter%5Benv%5D=moon").status()).isEqualTo(400);
    }

    @Test
    void isUnknownToOthersAndNotForKeys() {
        UUID stranger = projects.createOrganization("Strangers").id();
        String theirs = projects.create(stranger, "theirs").ref();

        assertThat(person.get("/api/v1/projects/" + theirs + "/runs").status()).isEqualTo(404);
        assertThat(api("prod").get(path()).status()).isEqualTo(401);
    }

    private String trigger(EnvironmentType type) {
        String key = projects.environment(project.id(), type)
                .orElseThrow()
                .secretKey()
                .value();
        return anonymous()
                .with("Authorization", "Bearer " + key)
                .post("/api/v1/tasks/t/trigger", Map.of("payload", 1))
                .json()
                .path("id")
                .asString();
    }

    private String path() {
        return "/api/v1/projects/" + project.ref() + "/runs";
    }

    private JsonNode list(String query) {
        Http.Answer answer = person.get(path() + "?x=1" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String cursor(JsonNode page, String name) {
        return URLEncoder.encode(page.path("pagination").path(name).asString(), StandardCharsets.UTF_8);
    }

    private static List<String> ids(JsonNode page) {
        return page.path("data").values().stream()
                .map(item -> item.path("id").asString())
                .toList();
    }
}
