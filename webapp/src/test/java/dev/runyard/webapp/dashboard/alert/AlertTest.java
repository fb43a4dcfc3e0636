package dev.runyard.webapp.dashboard.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.runyard.engine.RunEngine;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.config.Secret;
import dev.runyard.webapp.session.Browser;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.FailedRuns;
import dev.runyard.webapp.testing.Http;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AlertTest extends WebappTest {
    @Autowired
    private ApplicationContext server;

    @Autowired
    private RunEngine engine;

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final String task = "alerting-" + UUID.randomUUID();
    private Http browser = Http.anonymous("");
    private volatile int status = 204;

    @SuppressWarnings("NullAway.Init") // made before each test
    private HttpServer receiver;

    private record Received(String path, Map<String, String> headers, String body) {}

    @BeforeEach
    void listen() throws IOException {
        browser = Browser.signIn(server, anonymous());
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            received.add(new Received(exchange.getRequestURI().toString(), headers, body));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    @Test
    void tellsOfAFailureOnceAndSignsIt() {
        Deployments.deploy(api("prod"), Deployments.task(task));
        JsonNode made = create(Map.of("name", "Hook", "kind", "WEBHOOK", "target", target("/hook?a=b")));
        String secret = made.path("secret").asString();

        RunId run = FailedRuns.fail(
                engine, environmentId("prod"), task, new TaskRunError.BuiltIn("Boom", "no luck", "at X"));

        await().until(() -> !received.isEmpty());
        Received one = received.getFirst();
        assertThat(one.path()).isEqualTo("/hook?a=b");
        JsonNode body = JsonMapper.shared().readTree(one.body());
        assertThat(body.path("type").asString()).isEqualTo("run.failed");
        assertThat(body.path("data").path("runId").asString()).isEqualTo(run.toString());
        assertThat(body.path("data").path("message").asString()).isEqualTo("no luck");
        assertThat(body.path("id").asString()).isEqualTo(one.headers().get("x-runyard-delivery"));
        String signature = one.headers().getOrDefault("x-runyard-signature", "");
        String time = signature.substring(2, signature.indexOf(','));
        assertThat(signature)
                .isEqualTo("t=" + time + ",v1=" + SendAlert.signature(new Secret(secret), time + "." + one.body()));
        JsonNode log = await().until(
                        () -> log(made),
                        found -> found.path(0).path("status").asString().equals("SENT"));
        assertThat(log.size()).isEqualTo(1);
        assertThat(log.path(0).path("lastAnswer").asString()).isEqualTo("HTTP 204");
    }

    @Test
    void tellsOfDeploymentsAfterTheChannelWasMade() {
        Deployments.deploy(api("stg"), Deployments.task(task));
        JsonNode made = browser.post(
                        alerts("stg"),
                        Map.of(
                                "name",
                                "Deployments",
                                "kind",
                                "SLACK",
                                "target",
                                target("/slack"),
                                "onDeployment",
                                true,
                                "onRunFailure",
                                false))
                .json();
        Deployments.deploy(api("stg"), Deployments.task(task));

        await().until(() -> !received.isEmpty());
        assertThat(JsonMapper.shared()
                        .readTree(received.getFirst().body())
                        .path("text")
                        .asString())
                .contains("is deployed");
        assertThat(made.has("secret")).isFalse();
        await().until(() -> browser.get(alerts("stg") + "/" + id(made) + "/deliveries")
                        .json()
                        .path("data")
                        .size()
                == 1);
    }

    @Test
    void mailsToPeople() {
        String address = UUID.randomUUID() + "@example.com";
        JsonNode made = create(Map.of("name", "Mail", "kind", "EMAIL", "target", address));
        test(made);

        await().until(() -> !MAILS.to(address).isEmpty());
        assertThat(MAILS.to(address).getFirst()).contains("Subject: Runyard can reach you");
        await().until(() -> log(made).path(0).path("status").asString().equals("SENT"));
    }

    @Test
    void triesAgainWhatMayWorkLaterAndGivesUpWhatWillNot() {
        JsonNode made = create(Map.of("name", "Down", "target", target("/down")));
        status = 503;
        test(made);
        JsonNode later = await().until(() -> log(made), found -> found.path(0).has("lastAnswer"));
        assertThat(later.path(0).path("status").asString()).isEqualTo("PENDING");
        assertThat(later.path(0).path("lastAnswer").asString()).isEqualTo("HTTP 503");

        status = 410;
        JsonNode other = create(Map.of("name", "Gone", "target", target("/gone")));
        test(other);
        JsonNode gone = await().until(() -> log(other), found -> found.path(0).has("endedAt"));
        assertThat(gone.path(0).path("status").asString()).isEqualTo("FAILED");
    }

    @Test
    void hidesTargetsAndStaysQuietWhenSwitchedOff() {
        JsonNode made = create(Map.of("name", "Quiet", "target", target("/secret-path")));
        assertThat(browser.put(alerts("prod") + "/" + id(made), Map.of("isEnabled", false))
                        .status())
                .isEqualTo(200);

        String listed = browser.get(alerts("prod")).text();
        assertThat(listed).contains("Quiet").doesNotContain("secret-path").doesNotContain("whsec_");
        assertThat(browser.get(alerts("stg")).text()).doesNotContain(id(made));
        assertThat(browser.get(alerts("stg") + "/" + id(made) + "/deliveries").status())
                .isEqualTo(404);
        assertThat(browser.delete(alerts("stg") + "/" + id(made)).status()).isEqualTo(404);
        assertThat(browser.delete(alerts("prod") + "/" + id(made)).status()).isEqualTo(204);
    }

    @Test
    void refusesWhatCannotBeSentTo() {
        assertThat(browser.post(alerts("prod"), Map.of("name", "x", "target", "ftp://x"))
                        .status())
                .isEqualTo(400);
        assertThat(browser.post(alerts("prod"), Map.of("name", "", "target", target("/")))
                        .status())
                .isEqualTo(400);
        assertThat(browser.post(alerts("prod"), Map.of("name", "x", "kind", "EMAIL", "target", "nobody"))
                        .status())
                .isEqualTo(400);
        PostOutside strict = new PostOutside(
                new AlertProperties(Duration.ofSeconds(1), Duration.ofSeconds(5), 6, Duration.ofDays(1), 5, false));
        assertThat(strict.post(URI.create(target("/")), Map.of(), "{}")).isInstanceOf(SendOutcome.Refused.class);
        assertThat(received).isEmpty();
    }

    private JsonNode create(Map<String, ?> channel) {
        Http.Answer answer = browser.post(alerts("prod"), channel);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private void test(JsonNode channel) {
        assertThat(browser.post(alerts("prod") + "/" + id(channel) + "/test", null)
                        .status())
                .isEqualTo(202);
    }

    private JsonNode log(JsonNode channel) {
        return browser.get(alerts("prod") + "/" + id(channel) + "/deliveries")
                .json()
                .path("data");
    }

    private static String id(JsonNode channel) {
        return channel.path("id").asString();
    }

    private String target(String path) {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
    }

    private static String alerts(String slug) {
        return "/api/dashboard/v1/environments/" + environmentId(slug) + "/alerts";
    }
}
