package dev.runyard.webapp.session;

import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.testing.Http;
import dev.runyard.webapp.testing.Http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.context.ApplicationContext;

/// Plays a browser of a person who signed in.
public final class Browser {
    private Browser() {}

    /// Signs in and returns a caller that carries the cookies and the header that the pages send.
    public static Http signIn(ApplicationContext server, Http anonymous) {
        Http prepared = withCsrfToken(anonymous);
        Answer answer = prepared.post("/api/dashboard/v1/login", Map.of("token", newLink(server)));
        return prepared.with("Cookie", prepared.headers().get("Cookie") + "; " + cookie(answer, "runyard_session"));
    }

    /// Tries to sign in by the token of a link.
    public static Answer signInByLink(Http anonymous, String token) {
        return withCsrfToken(anonymous).post("/api/dashboard/v1/login", Map.of("token", token));
    }

    /// Makes a login link and returns its token.
    static String newLink(ApplicationContext server) {
        Instant now = Instant.now();
        SignedInUser user = server.getBean(UserRepository.class)
                .findOrCreate(
                        new SignedInUser(new TimeOrderedIds(InstantSource.system()).next(), "ann@example.com", "Ann"),
                        now);
        server.getBean(Memberships.class).ownFirstOrganization(user.id());
        SecretToken token = SecretToken.random();
        server.getBean(LoginLinkRepository.class).save(token, user.id(), now, now.plus(Duration.ofMinutes(1)));
        return token.text();
    }

    /// Visits once, as a page does, and returns a caller with the cookie and header that prove it.
    static Http withCsrfToken(Http anonymous) {
        String cookie = cookie(anonymous.get("/api/dashboard/v1/session"), "XSRF-TOKEN");
        return anonymous
                .with("Cookie", cookie)
                .with("X-XSRF-TOKEN", cookie.substring(cookie.indexOf('=') + 1))
                .with("Content-Type", "application/json");
    }

    /// Returns a cookie that an answer sets, as a browser sends it.
    public static String cookie(Answer answer, String name) {
        return answer.response().headers().allValues("set-cookie").stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.split(";")[0])
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie " + name + " in " + answer.status()));
    }
}
