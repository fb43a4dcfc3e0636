package dev.runyard.webapp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.session.Browser;
import dev.runyard.webapp.tenant.EnvironmentType;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.PersonalTokens;
import dev.runyard.webapp.tenant.Projects;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.tenant.TenantEnvironment;
import dev.runyard.webapp.testing.Http;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// The life of credentials: keys, branches, personal tokens, public tokens.
@SuppressWarnings("NullAway.Init") // set before each test
class CredentialsTest extends WebappTest {
    private static final String ROOT = "/api/dashboard/v1";

    @Autowired
    private ApplicationContext server;

    @Autowired
    private Projects projects;

    @Autowired
    private Memberships memberships;

    @Autowired
    private PersonalTokens personalTokens;

    private Http browser = Http.anonymous("");
    private UUID ann = new UUID(0, 0);
    private Projects.Listed project;
    private TenantEnvironment prod;

    @BeforeEach
    void makeAProject() {
        browser = Browser.signIn(server, anonymous());
        ann = memberships.person("ann@example.com").orElseThrow().id();
        UUID organization = projects.createOrganization("Credentials").id();
        memberships.join(ann, organization, Role.OWNER);
        project = projects.create(organization, "credentials");
        prod = projects.environment(project.id(), EnvironmentType.PRODUCTION).orElseThrow();
    }

    @Test
    void aRotatedKeyIsTakenUntilTheOverlapEnds() {
        String former = prod.secretKey().value();
        String token = tokens().sign(prod, List.of("read:runs"), Duration.ofHours(1));

        JsonNode rotated = browser.send("POST", keys() + "/rotate", "").json();
        String key = rotated.path("key").asString();

        assertThat(key).matches("tr_prod_[0-9A-Za-z]{24}").isNotEqualTo(former);
        assertThat(Instant.parse(rotated.path("formerKeyEndsAt").asString()))
                .isBetween(
                        Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(25)));
        assertThat(List.of(status(key), status(former), status(token))).containsExactly(200, 200, 200);

        browser.send("POST", keys() + "/rotate", "{\"immediately\":true}");

        assertThat(List.of(status(key), status(former))).containsExactly(401, 200);
    }

    @Test
    void keysThatAreRotatedAtOnceAreAllTakenUntilTheOverlapEnds() throws Exception {
        List<Callable<Integer>> rotations = Collections.nCopies(
                4, () -> browser.send("POST", keys() + "/rotate", "").status());
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : callers.invokeAll(rotations)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).containsOnly(200);
        assertThat(status(prod.secretKey().value())).isEqualTo(200);
    }

    @Test
    void anAdditionalKeyPermitsWhatItsScopesSay() {
        Http.Answer made =
                browser.post(keys(), Map.of("name", "ci", "scopes", List.of("read:runs", "trigger:tasks:a")));
        String key = made.json().path("key").asString();

        assertThat(made.status()).isEqualTo(201);
        assertThat(key).matches("tr_prod_sk_[0-9A-Za-z]{24}");
        assertThat(status(key)).isEqualTo(200);
        assertThat(bearer(key).postText("/api/v1/tasks/a/trigger", "{}").status())
                .isEqualTo(200);
        assertThat(bearer(key).postText("/api/v1/tasks/b/trigger", "{}").status())
                .isEqualTo(403);
        assertThat(bearer(key).get("/api/v1/deployments/current").status()).isEqualTo(403);
        assertThat(bearer(key)
                        .postText("/api/v1/auth/public-tokens", "{\"scopes\":[\"read:runs:x\"]}")
                        .status())
                .isEqualTo(200);
        Http.Answer denied =
                bearer(key).postText("/api/v1/auth/public-tokens", "{\"scopes\":[\"read:runs\",\"write:runs\"]}");
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.json().path("code").asString()).isEqualTo("scopes_exceed_key_access");
        assertThat(denied.json().path("deniedScopes").toString()).isEqualTo("[\"write:runs\"]");

        assertThat(browser.send("DELETE", keys() + "/" + made.json().path("id").asString(), "")
                        .status())
                .isEqualTo(204);
        assertThat(status(key)).isEqualTo(401);
        assertThat(browser.get(keys()).text())
                .contains(key.substring(key.length() - 4))
                .doesNotContain(key);
    }

    @Test
    void keysThatCannotBeAreRefused() {
        assertThat(browser.post(keys(), Map.of("name", "x")).status()).isEqualTo(400);
        assertThat(browser.post(keys(), Map.of("name", "", "scopes", List.of("read:runs")))
                        .status())
                .isEqualTo(400);
        assertThat(browser.post(keys(), Map.of("name", "x", "scopes", List.of("nonsense")))
                        .status())
                .isEqualTo(400);
        assertThat(browser.post(
                                keys(),
                                Map.of(
                                        "name",
                                        "x",
                                        "scopes",
                                        List.of("read:runs"),
                                        "expiresAt",
                                        "2020-01-01T00:00:00Z"))
                        .status())
                .isEqualTo(400);
        assertThat(browser.send("DELETE", keys() + "/nonsense", "").status()).isEqualTo(404);
    }

    @Test
    void theKeyOfAPreviewEnvironmentOpensTheBranchThatIsNamed() {
        TenantEnvironment preview =
                projects.environment(project.id(), EnvironmentType.PREVIEW).orElseThrow();
        Http key = bearer(preview.secretKey().value());
        Http me = bearer(personalTokens.create(ann, "t").value());
        String branches = "/api/v1/projects/" + project.ref() + "/branches";

        assertThat(error(key.get("/api/v1/whoami"))).isEqualTo("x-trigger-branch header required for preview env");
        assertThat(error(key.with("x-trigger-branch", "feature/a").get("/api/v1/whoami")))
                .isEqualTo("No matching branch env");

        String id = me.postText(branches, "{\"env\":\"preview\",\"branch\":\"refs/heads/feature/a\"}")
                .json()
                .path("id")
                .asString();
        JsonNode branch = key.with("x-trigger-branch", "refs/heads/feature/a")
                .get("/api/v1/whoami")
                .json();
        assertThat(branch.path("id").asString()).isEqualTo(id);
        assertThat(branch.path("branch").asString()).isEqualTo("feature/a");
        assertThat(me.postText(branches, "{\"branch\":\"feature/a\"}")
                        .json()
                        .path("id")
                        .asString())
                .isEqualTo(id);
        Http.Answer triggered = key.with("x-trigger-branch", "feature/a").postText("/api/v1/tasks/t/trigger", "{}");
        assertThat(bearer(triggered.header("x-trigger-jwt"))
                        .get("/api/v3/runs/" + triggered.json().path("id").asString())
                        .status())
                .isEqualTo(200);

        assertThat(me.postText(branches + "/archive", "{\"branch\":\"feature/a\"}")
                        .status())
                .isEqualTo(200);
        assertThat(error(key.with("x-trigger-branch", "feature/a").get("/api/v1/whoami")))
                .isEqualTo("No matching branch env");
        assertThat(me.postText(branches + "/archive", "{\"branch\":\"feature/a\"}")
                        .status())
                .isEqualTo(404);
        assertThat(me.postText(branches, "{\"branch\":\"../x\"}").status()).isEqualTo(400);
        assertThat(me.postText(branches, "{\"env\":\"prod\",\"branch\":\"x\"}").status())
                .isEqualTo(400);
    }

    @Test
    void aTokenOfAnOrganizationOpensItsProjectsAndNoOthers() {
        String tokens =
                "/api/dashboard/v1/organizations/" + project.organization().id() + "/tokens";
        JsonNode made = browser.post(tokens, Map.of("name", "deployer")).json();
        Http machine = bearer(made.path("token").asString());
        String variables = "/api/v1/projects/" + project.ref() + "/envvars/";
        UUID strangers = projects.createOrganization("Strangers").id();
        String theirs = projects.create(strangers, "theirs").ref();

        assertThat(made.path("token").asString()).matches("tr_oat_[0-9A-Za-z]{40}");
        assertThat(machine.post(variables + "prod", Map.of("name", "A", "value", "1"))
                        .status())
                .isEqualTo(200);
        assertThat(machine.get(variables + "prod/A").json().path("value").asString())
                .isEqualTo("1");
        assertThat(machine.post("/api/v1/projects/" + project.ref() + "/prod/jwt", Map.of())
                        .json()
                        .path("token")
                        .asString())
                .contains(".");
        assertThat(machine.get(variables + "dev").status()).isEqualTo(400);
        assertThat(machine.get("/api/v1/projects/" + theirs + "/envvars/prod").status())
                .isEqualTo(404);
        assertThat(machine.get("/api/v1/runs").status()).isEqualTo(401);
        assertThat(browser.get(tokens).json().at("/data/0/name").asString()).isEqualTo("deployer");
        assertThat(browser.get(tokens).text()).doesNotContain(made.path("token").asString());

        browser.delete(tokens + "/" + made.path("id").asString());

        assertThat(error(machine.get(variables + "prod"))).isEqualTo("Invalid or Missing Access Token");
    }

    @Test
    void theKeyOfADeveloperOpensTheirBranchesToo() {
        Http me = bearer(personalTokens.create(ann, "t").value());
        String branches = "/api/v1/projects/" + project.ref() + "/branches";
        TenantEnvironment own = projects.ownEnvironment(project.id(), ann);
        Http key = bearer(own.secretKey().value());

        String id = me.postText(branches, "{\"env\":\"development\",\"branch\":\"try\"}")
                .json()
                .path("id")
                .asString();

        assertThat(key.get("/api/v1/whoami").json().path("id").asString())
                .isEqualTo(own.id().toString());
        assertThat(key.with("x-trigger-branch", "default")
                        .get("/api/v1/whoami")
                        .json()
                        .path("id")
                        .asString())
                .isEqualTo(own.id().toString());
        assertThat(key.with("x-trigger-branch", "try")
                        .get("/api/v1/whoami")
                        .json()
                        .path("id")
                        .asString())
                .isEqualTo(id);
        assertThat(error(key.with("x-trigger-branch", "other").get("/api/v1/whoami")))
                .isEqualTo("No matching branch env");
        assertThat(me.get(branches + "?env=development").text()).contains("\"try\"");
        assertThat(me.get(branches).text()).doesNotContain("\"try\"");
        assertThat(me.with("x-trigger-branch", "try")
                        .get("/api/v1/projects/" + project.ref() + "/envvars/dev")
                        .status())
                .isEqualTo(200);
        assertThat(projects.ownEnvironment(project.id(), ann).id()).isEqualTo(own.id());
        assertThat(me.postText(branches, "{\"env\":\"development\",\"branch\":\"default\"}")
                        .status())
                .isEqualTo(400);
        assertThat(me.postText(branches + "/archive", "{\"env\":\"development\",\"branch\":\"try\"}")
                        .status())
                .isEqualTo(200);
        assertThat(error(key.with("x-trigger-branch", "try").get("/api/v1/whoami")))
                .isEqualTo("No matching branch env");
    }

    @Test
    void aPersonalTokenActsForItsOwner() {
        String token = personalTokens.create(ann, "t").value();
        Http me = bearer(token);

        assertThat(token).matches("tr_pat_[1-9a-km-z]{40}");
        JsonNode self = me.get("/api/v2/whoami?projectRef=" + project.ref()).json();
        assertThat(self.path("userId").asString()).isEqualTo(ann.toString());
        assertThat(self.path("email").asString()).isEqualTo("ann@example.com");
        assertThat(self.path("project").path("name").asString()).isEqualTo("credentials");
        assertThat(me.get("/api/v1/projects").text()).contains(project.ref());
        assertThat(me.get("/api/v1/projects/" + project.ref() + "/prod")
                        .json()
                        .path("apiKey")
                        .asString())
                .isEqualTo(prod.secretKey().value());
        JsonNode own = me.get("/api/v1/projects/" + project.ref() + "/dev").json();
        assertThat(own.path("apiKey").asString()).matches("tr_dev_[0-9A-Za-z]{24}");
        assertThat(me.get("/api/v1/projects/" + project.ref() + "/dev").json()).isEqualTo(own);
        assertThat(error(me.get("/api/v1/runs"))).isEqualTo("Invalid or Missing API key");
        assertThat(bearer(prod.secretKey().value()).get("/api/v2/whoami").status())
                .isEqualTo(401);
        String jwt = me.postText(
                        "/api/v1/projects/" + project.ref() + "/prod/jwt",
                        "{\"claims\":{\"scopes\":[\"read:runs\"]},\"expirationTime\":\"10m\"}")
                .json()
                .path("token")
                .asString();
        assertThat(status(jwt)).isEqualTo(200);

        String listed = browser.get(ROOT + "/personal-tokens").text();
        assertThat(listed).contains(token.substring(token.length() - 4)).doesNotContain(token);
        String id = last(browser.get(ROOT + "/personal-tokens").json().path("data"))
                .path("id")
                .asString();
        assertThat(browser.send("DELETE", ROOT + "/personal-tokens/" + id, "").status())
                .isEqualTo(204);
        assertThat(me.get("/api/v2/whoami").status()).isEqualTo(401);
    }

    @Test
    void aToolGetsItsTokenOnceItsUserConfirmed() {
        JsonNode begun =
                anonymous().send("POST", "/api/v1/authorization-code", "").json();
        String code = begun.path("authorizationCode").asString();
        Map<String, String> body = Map.of("authorizationCode", code);

        assertThat(begun.path("url").asString()).endsWith(code);
        assertThat(anonymous().post("/api/v1/token", body).text()).isEqualTo("{\"token\":null}");
        assertThat(browser.send("POST", ROOT + "/authorization-codes/" + code + "/confirm", "")
                        .status())
                .isEqualTo(204);
        assertThat(browser.send("POST", ROOT + "/authorization-codes/" + code + "/confirm", "")
                        .status())
                .isEqualTo(404);
        String token = anonymous()
                .post("/api/v1/token", body)
                .json()
                .path("token")
                .path("token")
                .asString();
        assertThat(bearer(token).get("/api/v2/whoami").json().path("email").asString())
                .isEqualTo("ann@example.com");
        assertThat(anonymous().post("/api/v1/token", body).text()).isEqualTo("{\"token\":null}");
        assertThat(anonymous().postText("/api/v1/token", "{}").status()).isEqualTo(400);
    }

    @Test
    void publicTokensEndWhenTheyWereTold() {
        Http key = bearer(prod.secretKey().value());

        assertThat(status(token(key, "\"expirationTime\":\"1h\""))).isEqualTo(200);
        assertThat(status(token(
                        key,
                        "\"expirationTime\":" + Instant.now().plusSeconds(60).getEpochSecond())))
                .isEqualTo(200);
        assertThat(error(order(key, "\"expirationTime\":\"yesterday\""))).isEqualTo("Invalid expiration time");
        assertThat(error(order(key, "\"expirationTime\":1e999999999"))).isNotEmpty();
        assertThat(error(order(key, "\"expirationTime\":1"))).isEqualTo("Expiration time must be in the future");
        assertThat(error(order(key, "\"expirationTime\":\"31d\""))).isEqualTo("Expiration time cannot exceed 30 days");
        assertThat(key.postText("/api/v1/auth/public-tokens", "{\"scopes\":[]}").status())
                .isEqualTo(400);
        assertThat(key.send("POST", "/api/v1/auth/jwt", "").json().path("token").asString())
                .contains(".");
    }

    private Http.Answer order(Http key, String member) {
        return key.postText("/api/v1/auth/public-tokens", "{\"scopes\":[\"read:runs\"]," + member + "}");
    }

    private String token(Http key, String member) {
        return order(key, member).json().path("token").asString();
    }

    private PublicTokens tokens() {
        return server.getBean(PublicTokens.class);
    }

    private String keys() {
        return ROOT + "/environments/" + prod.id() + "/keys";
    }

    private int status(String credential) {
        return bearer(credential).get("/api/v1/runs").status();
    }

    private Http bearer(String credential) {
        return anonymous().with("authorization", "Bearer " + credential);
    }

    private static String error(Http.Answer answer) {
        return answer.json().path("error").asString();
    }

    private static JsonNode last(JsonNode list) {
        return list.path(list.size() - 1);
    }
}
