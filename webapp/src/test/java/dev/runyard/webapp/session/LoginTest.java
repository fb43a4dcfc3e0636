package dev.runyard.webapp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Http;
import dev.runyard.webapp.testing.Http.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

class LoginTest extends WebappTest {
    private static final String ROOT = "/api/dashboard/v1";

    @Autowired
    private ApplicationContext server;

    @Test
    void signsInOnceByTheLinkOfTheStart() {
        String link = bootstrapFile("login-link");
        assertThat(link).startsWith("http://localhost:3030/login?token=");
        Http browser = Browser.withCsrfToken(anonymous());
        Map<String, String> body = Map.of("token", link.substring(link.indexOf('=') + 1));

        Answer first = browser.post(ROOT + "/login", body);
        Answer second = browser.post(ROOT + "/login", body);

        assertThat(first.status()).isEqualTo(204);
        assertThat(first.response().headers().allValues("set-cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("runyard_session=")
                        .contains("HttpOnly")
                        .contains("SameSite=Lax")
                        .contains("Path=/")
                        .doesNotContain("Secure"));
        assertThat(second.status()).isEqualTo(401);
        assertThat(second.header("content-type")).startsWith("application/problem+json");
        assertThat(second.json().path("detail").asString()).contains("used before");

        Http signedIn = browser.with(
                "Cookie", browser.headers().get("Cookie") + "; " + Browser.cookie(first, "runyard_session"));
        Answer session = signedIn.get(ROOT + "/session");
        assertThat(session.json().path("user").path("name").asString()).isEqualTo("Owner");
        assertThat(slugsOfTheFirstProject(session)).hasSize(4).first().isEqualTo("prod");
    }

    /// Other tests give the owner more projects.
    private static List<String> slugsOfTheFirstProject(Answer session) {
        return StreamSupport.stream(session.json().path("environments").spliterator(), false)
                .filter(one -> one.path("project").path("ref").asString().equals("proj_runyarddefault00000"))
                .map(one -> one.path("slug").asString())
                .toList();
    }

    @Test
    void givesOneSessionToManyUsesAtOnce() {
        Http browser = Browser.withCsrfToken(anonymous());
        Map<String, String> body = Map.of("token", Browser.newLink(server));
        ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10; i++) {
                callers.submit(
                        () -> statuses.add(browser.post(ROOT + "/login", body).status()));
            }
        }

        assertThat(statuses).containsOnlyOnce(204).hasSize(10);
    }

    @Test
    void refusesChangesWithoutTheToken() {
        Http signedIn = Browser.signIn(server, anonymous());
        Http forged = anonymous()
                .with("Cookie", signedIn.headers().getOrDefault("Cookie", ""))
                .with("Content-Type", "application/json");

        Answer refused = forged.post(ROOT + "/logout", null);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("content-type")).startsWith("application/problem+json");
        assertThat(forged.with("X-XSRF-TOKEN", "guess")
                        .post(ROOT + "/logout", null)
                        .status())
                .isEqualTo(403);
        assertThat(signedIn.get(ROOT + "/session").status()).isEqualTo(200);
    }

    @Test
    void keepsTheTokenFromCallToCall() {
        Http signedIn = Browser.signIn(server, anonymous());

        assertThat(signedIn.get(ROOT + "/session").response().headers().allValues("set-cookie"))
                .isEmpty();
    }

    @Test
    void endsASessionAtLogout() {
        Http signedIn = Browser.signIn(server, anonymous());

        assertThat(signedIn.post(ROOT + "/logout", null).status()).isEqualTo(204);

        assertThat(signedIn.get(ROOT + "/session").status()).isEqualTo(401);
    }

    @Test
    void asksStrangersToSignIn() {
        Answer answer = anonymous().get(ROOT + "/session");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().path("status").asInt()).isEqualTo(401);
        assertThat(api("dev").get(ROOT + "/session").status()).isEqualTo(401);
        assertThat(anonymous()
                        .with("Cookie", "runyard_session=guess")
                        .get(ROOT + "/session")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void limitsTriesOfAnAddress() {
        LoginAttempts attempts = new LoginAttempts(new SessionProperties(
                Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), 2, 12, 4));

        assertThat(attempts.allow("a")).isTrue();
        assertThat(attempts.allow("a")).isTrue();
        assertThat(attempts.allow("a")).isFalse();
        assertThat(attempts.allow("b")).isTrue();
    }
}
