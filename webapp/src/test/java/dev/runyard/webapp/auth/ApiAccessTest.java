package dev.runyard.webapp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.tenant.TenantDirectory;
import dev.runyard.webapp.tenant.TenantEnvironment;
import dev.runyard.webapp.testing.Http;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/// Who may call what. `{run}` stands for a run of the task `auth` with the tag `user:42`.
class ApiAccessTest extends WebappTest {
    @Autowired
    private PublicTokens tokens;

    @Autowired
    private TenantDirectory tenants;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/runs",
                "/api/v3/runs/run_x",
                "/api/v1/whoami",
                "/api/v2/whoami",
                "/api/v1/nowhere",
                "/realtime/v1/runs"
            })
    void asksForAKey(String path) {
        Http.Answer answer = anonymous().get(path);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text())
                .isEqualTo(
                        "{\"title\":\"Unauthorized\",\"status\":401,\"type\":\"about:blank\","
                                + "\"detail\":\"No authorization header provided\",\"error\":\"No authorization header provided\"}");
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
        assertThat(answer.header("x-should-retry")).isEqualTo("false");
        assertThat(answer.header("www-authenticate")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer tr_prod_000000000000000000000000, Invalid API key",
        "tr_prod_nonsense, Invalid API key",
        "Bearer tr_pat_abc, Invalid or Missing Access Token",
        "Bearer pk_prod_abc, Invalid or Missing API key",
        "Bearer, Invalid API key",
        "'Bearer ', Invalid API key",
        "Basic abc, Invalid API key",
        "Bearer a.b.c, Invalid API key",
    })
    void refusesOtherCredentials(String credential, String expected) {
        Http.Answer answer = anonymous().with("authorization", credential).get("/api/v1/runs");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().path("error").asString()).isEqualTo(expected);
    }

    @Test
    void takesAKeyWithoutTheWordBearer() {
        String key = environment("prod").secretKey().value();

        assertThat(anonymous().with("authorization", key).get("/api/v1/runs").status())
                .isEqualTo(200);
        assertThat(anonymous()
                        .with("authorization", "bearer " + key)
                        .get("/api/v1/runs")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tellsWhoseKeyItIs() {
        assertThat(api("stg").get("/api/v1/whoami").json().path("slug").asString())
                .isEqualTo("stg");
        assertThat(api("stg").post("/api/v1/auth/jwt/claims", null).text())
                .isEqualTo("{\"sub\":\"%s\",\"pub\":true}".formatted(environmentId("stg")));
    }

    @Test
    void readsARunWithTheTokenOfItsTrigger() {
        Http.Answer triggered = api("prod").postText("/api/v1/tasks/auth/trigger", "{}");
        String run = triggered.json().path("id").asString();
        Http browser = anonymous().with("authorization", "Bearer " + triggered.header("x-trigger-jwt"));

        assertThat(browser.get("/api/v3/runs/" + run).status()).isEqualTo(200);
        assertThat(browser.get("/api/v3/runs/" + trigger()).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "read:runs:{run},        GET,  /api/v3/runs/{run},        200",
        "read:runs,              GET,  /api/v3/runs/{run},        200",
        "read:tasks:auth,        GET,  /api/v3/runs/{run},        200",
        "read:tasks:other,       GET,  /api/v3/runs/{run},        403",
        "read:tags:user:42,      GET,  /api/v3/runs/{run},        200",
        "read:tags:user,         GET,  /api/v3/runs/{run},        403",
        "read:all,               GET,  /api/v3/runs/{run},        200",
        "admin,                  GET,  /api/v3/runs/{run},        200",
        "admin:runs,             GET,  /api/v3/runs/{run},        403",
        "write:runs,             GET,  /api/v3/runs/{run},        403",
        "nonsense,               GET,  /api/v3/runs/{run},        403",
        "read:runs:run_other,    GET,  /api/v3/runs/run_unknown,  403",
        "read:runs,              GET,  /api/v3/runs/run_unknown,  404",
        "read:runs,              GET,  /api/v1/runs,              200",
        "read:runs:{run},        GET,  /api/v1/runs,              403",
        "read:tasks,             GET,  /api/v1/runs,              200",
        "read:tasks:auth,        GET,  /api/v1/runs,              403",
        "read:tasks:auth,        GET,  /api/v1/runs?filter%5BtaskIdentifier%5D=auth,         200",
        "read:tasks:auth,        GET,  '/api/v1/runs?filter%5BtaskIdentifier%5D=auth,other', 403",
        "write:runs:{run},       POST, /api/v2/runs/{run}/cancel, 200",
        "read:runs:{run},        POST, /api/v2/runs/{run}/cancel, 403",
        "trigger:tasks,          POST, /api/v1/tasks/auth/trigger, 200",
        "trigger:tasks:auth,     POST, /api/v1/tasks/auth/trigger, 200",
        "write:tasks:auth,       POST, /api/v1/tasks/auth/trigger, 200",
        "trigger:tasks:other,    POST, /api/v1/tasks/auth/trigger, 403",
        "read:tasks,             POST, /api/v1/tasks/auth/trigger, 403",
        "admin,                  POST, /api/v1/runs/{run}/replay, 401",
        "admin,                  GET,  /api/v1/runs/{run}/result, 401",
        "admin,                  GET,  /api/v1/whoami,            401",
        "admin,                  POST, /api/v1/deployments,       401",
    })
    void permitsWhatScopesSay(String scope, String method, String path, int status) {
        String run = trigger();
        String token = tokens.sign(environment("prod"), List.of(scope.replace("{run}", run)), Duration.ofMinutes(5));
        Http caller = anonymous().with("authorization", "Bearer " + token);
        String target = path.replace("{run}", run);

        Http.Answer answer = method.equals("GET") ? caller.get(target) : caller.postText(target, "{}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        if (status == 403) {
            assertThat(answer.text())
                    .isEqualTo("{\"error\":\"Unauthorized\",\"code\":\"unauthorized\",\"param\":\"access_token\","
                            + "\"type\":\"authorization\"}");
        }
    }

    @Test
    void takesTokensThatTheClientSignsItself() {
        String token = Jwt.sign(claims(Map.of()), environment("dev").secretKey().value());

        assertThat(environment("dev").secretKey().value()).hasSize(31);
        assertThat(status(token)).isEqualTo(200);
    }

    @Test
    void refusesForgedTokens() {
        String key = environment("dev").secretKey().value();
        String good = Jwt.sign(claims(Map.of()), key);

        assertThat(status(Jwt.sign(claims(Map.of()), "tr_dev_another"))).isEqualTo(401);
        assertThat(status(Jwt.sign(claims(Map.of("iss", "https://evil.example")), key)))
                .isEqualTo(401);
        assertThat(status(Jwt.sign(claims(Map.of("aud", "https://evil.example")), key)))
                .isEqualTo(401);
        assertThat(status(Jwt.sign(claims(Map.of("sub", environmentId("prod").toString())), key)))
                .isEqualTo(401);
        assertThat(status(Jwt.sign(claims(Map.of("exp", 1)), key))).isEqualTo(401);
        assertThat(status(Jwt.sign(claims(Map.of("exp", Long.MAX_VALUE)), key))).isEqualTo(200);
        assertThat(status(good.substring(0, good.lastIndexOf('.') + 1))).isEqualTo(401);
        assertThat(status("eyJhbGciOiJub25lIn0" + good.substring(good.indexOf('.'))))
                .isEqualTo(401);
        assertThat(status(good + "x")).isEqualTo(401);
    }

    @Test
    void letsAOneTimeTokenTriggerOneRun() {
        String token = Jwt.sign(
                claims(Map.of(
                        "otu",
                        true,
                        "scopes",
                        List.of("trigger:tasks:auth"),
                        "jti",
                        UUID.randomUUID().toString())),
                environment("dev").secretKey().value());
        Http caller = anonymous().with("authorization", "Bearer " + token);
        Http firstCall = caller.with(
                "x-trigger-request-idempotency-key", UUID.randomUUID().toString());

        Http.Answer refused =
                firstCall.postText("/api/v1/tasks/auth/trigger", "{\"options\":{\"lockToVersion\":\"1\"}}");
        Http.Answer first = firstCall.postText("/api/v1/tasks/auth/trigger", "{}");
        Http.Answer sameCall = firstCall.postText("/api/v1/tasks/auth/trigger", "{}");
        Http.Answer second = caller.postText("/api/v1/tasks/auth/trigger", "{}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(first.status()).isEqualTo(200);
        assertThat(sameCall.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(second.status()).isEqualTo(422);
        assertThat(second.json().path("error").asString())
                .isEqualTo("Cannot trigger auth with a one-time use token as it has already been used.");
    }

    private int status(String token) {
        return anonymous()
                .with("authorization", "Bearer " + token)
                .get("/api/v1/runs")
                .status();
    }

    private String claims(Map<String, Object> different) {
        Map<String, Object> claims = new LinkedHashMap<>(Map.of(
                "sub",
                environmentId("dev").toString(),
                "pub",
                true,
                "scopes",
                List.of("read:runs"),
                "iss",
                "https://id.trigger.dev",
                "aud",
                "https://api.trigger.dev",
                "exp",
                Instant.now().plusSeconds(60).getEpochSecond()));
        claims.putAll(different);
        return JsonMapper.shared().writeValueAsString(claims);
    }

    private String trigger() {
        return api("prod")
                .postText("/api/v1/tasks/auth/trigger", "{\"options\":{\"tags\":\"user:42\"}}")
                .json()
                .path("id")
                .asString();
    }

    private TenantEnvironment environment(String slug) {
        return tenants.require(environmentId(slug));
    }
}
