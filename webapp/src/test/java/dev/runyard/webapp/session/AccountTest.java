package dev.runyard.webapp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.Projects;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.testing.Http;
import dev.runyard.webapp.testing.Http.Answer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

class AccountTest extends WebappTest {
    private static final String ROOT = "/api/dashboard/v1";
    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private ApplicationContext server;

    @Autowired
    private Projects projects;

    @Autowired
    private Memberships memberships;

    private final String email = UUID.randomUUID() + "@example.com";
    private Http owner = Http.anonymous("");

    @SuppressWarnings("NullAway.Init") // made before each test
    private Projects.ListedOrganization organization;

    @BeforeEach
    void makeAnOrganization() {
        owner = Browser.signIn(server, anonymous());
        organization = projects.createOrganization("Accounts");
        memberships.join(memberships.person("ann@example.com").orElseThrow().id(), organization.id(), Role.ADMIN);
    }

    @Test
    void invitesSomebodyWhoThenSetsAPassword() {
        Http invited = join(invite("DEVELOPER").path("link").asString());
        assertThat(invited.get(ROOT + "/account").json().path("hasPassword").asBoolean())
                .isFalse();
        assertThat(invited.put(ROOT + "/account/password", Map.of("password", PASSWORD))
                        .status())
                .isEqualTo(204);
        assertThat(invited.get(ROOT + "/account").json().path("hasPassword").asBoolean())
                .isTrue();

        assertThat(login(email.toUpperCase(Locale.ROOT), PASSWORD).status()).isEqualTo(204);
        Answer wrong = login(email, PASSWORD + "!");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(login("nobody@example.com", PASSWORD).text()).isEqualTo(wrong.text());
        assertThat(login(email, "").status()).isEqualTo(401);
        assertThat(login(email, "x".repeat(5_000)).status()).isEqualTo(401);
    }

    @Test
    void recordsWhoSignsInAndWhoCannot() {
        Http invited = join(invite("DEVELOPER").path("link").asString());
        invited.put(ROOT + "/account/password", Map.of("password", PASSWORD));
        login(email, PASSWORD + "!");
        login("nobody@example.com", PASSWORD);
        login(email, PASSWORD);

        JsonNode entries = owner.get(ROOT + "/organizations/" + organization.id() + "/audit")
                .json()
                .path("data");
        assertThat(entries.valueStream()
                        .filter(entry -> entry.path("actor").asString().equals(email))
                        .map(entry -> entry.path("action").asString() + " by "
                                + entry.path("target").asString()))
                .containsExactly(
                        "session.begin by password", "session.refuse by password", "session.begin by login link");
        assertThat(entries.toString()).doesNotContain("nobody@example.com").doesNotContain(PASSWORD);
    }

    @Test
    void givesNoLinkIntoAnAccountThatIsInUse() {
        String link = invite("VIEWER").path("link").asString();
        assertThat(invite("VIEWER").has("link")).isTrue();
        join(link);

        assertThat(invite("VIEWER").has("link")).isFalse();
    }

    @Test
    void givesNoLinkToWhoeverBelongsToAnotherOrganization() {
        invite("VIEWER");
        UUID person = memberships.person(email).orElseThrow().id();
        memberships.join(person, projects.createOrganization("Other").id(), Role.OWNER);

        assertThat(invite("VIEWER").has("link")).isFalse();
    }

    @Test
    void keepsTheRoleOfMembersAndTheRanksOfThoseWhoInvite() {
        invite("DEVELOPER");
        invite("VIEWER");
        UUID person = memberships.person(email).orElseThrow().id();

        assertThat(memberships.role(person, organization.id())).contains(Role.DEVELOPER);
        assertThat(owner.post(invitations(), Map.of("email", "b@example.com", "role", "OWNER"))
                        .status())
                .isEqualTo(403);
        assertThat(owner.post(invitations(), Map.of("email", "no address", "role", "VIEWER"))
                        .status())
                .isEqualTo(400);
        assertThat(owner.post(invitations(), Map.of("email", "b@example.com")).status())
                .isEqualTo(400);
    }

    @Test
    void endsOtherSessionsWhenThePasswordChanges() {
        Http first = join(invite("VIEWER").path("link").asString());
        first.put(ROOT + "/account/password", Map.of("password", PASSWORD));
        Http second = signedIn(login(email, PASSWORD));

        assertThat(second.put(
                                ROOT + "/account/password",
                                Map.of("current", "wrong wrong wrong", "password", PASSWORD + 2))
                        .status())
                .isEqualTo(400);
        assertThat(second.put(ROOT + "/account/password", Map.of("password", PASSWORD + 2))
                        .status())
                .isEqualTo(400);
        assertThat(first.get(ROOT + "/session").status()).isEqualTo(200);
        assertThat(second.put(ROOT + "/account/password", Map.of("current", PASSWORD, "password", PASSWORD + 2))
                        .status())
                .isEqualTo(204);

        assertThat(first.get(ROOT + "/session").status()).isEqualTo(401);
        assertThat(second.get(ROOT + "/session").status()).isEqualTo(200);
    }

    @Test
    void listsAndEndsOnlyOnesOwnSessions() {
        Http first = join(invite("VIEWER").path("link").asString());
        first.put(ROOT + "/account/password", Map.of("password", PASSWORD));
        Http second = signedIn(login(email, PASSWORD));

        JsonNode sessions = second.get(ROOT + "/account/sessions").json().path("data");
        assertThat(sessions.size()).isEqualTo(2);
        assertThat(sessions.findValuesAsString("isCurrent")).containsExactlyInAnyOrder("true", "false");
        String other = sessions.valueStream()
                .filter(one -> !one.path("isCurrent").asBoolean())
                .map(one -> one.path("id").asString())
                .findFirst()
                .orElseThrow();
        assertThat(owner.delete(ROOT + "/account/sessions/" + other).status()).isEqualTo(404);
        assertThat(first.get(ROOT + "/session").status()).isEqualTo(200);
        assertThat(second.delete(ROOT + "/account/sessions/" + other).status()).isEqualTo(204);
        assertThat(first.get(ROOT + "/session").status()).isEqualTo(401);

        Http third = signedIn(login(email, PASSWORD));
        assertThat(third.delete(ROOT + "/account/sessions").status()).isEqualTo(204);
        assertThat(second.get(ROOT + "/session").status()).isEqualTo(401);
        assertThat(third.get(ROOT + "/session").status()).isEqualTo(200);
        assertThat(owner.get(ROOT + "/session").status()).isEqualTo(200);
    }

    @Test
    void mailsALinkToWhoeverHasAnAccount() {
        invite("VIEWER");
        String nobody = UUID.randomUUID() + "@example.com";
        Http stranger = Browser.withCsrfToken(anonymous());

        assertThat(stranger.post(ROOT + "/login/mail", Map.of("email", nobody)).status())
                .isEqualTo(202);
        assertThat(stranger.post(ROOT + "/login/mail", Map.of("email", email)).status())
                .isEqualTo(202);
        await().until(() -> !MAILS.to(email).isEmpty());
        String mail = MAILS.to(email).getFirst();
        String link = mail.lines()
                .filter(line -> line.startsWith("http://"))
                .findFirst()
                .orElseThrow();
        assertThat(join(link).get(ROOT + "/account").json().path("email").asString())
                .isEqualTo(email);
        assertThat(MAILS.to(nobody)).isEmpty();
    }

    @Test
    void holdsPasswordsToTheirLength() {
        PasswordRules rules = new PasswordRules(new SessionProperties(
                Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), 2, 12, 4));

        assertThat(rules.problem("x".repeat(11))).isPresent();
        assertThat(rules.problem("x".repeat(12))).isEmpty();
        assertThat(rules.problem("é".repeat(36))).isEmpty();
        assertThat(rules.problem("é".repeat(36) + "x")).isPresent();
        assertThat(rules.matches("x".repeat(12), Optional.of(rules.encode("x".repeat(12)))))
                .isTrue();
        assertThat(rules.matches("no account has this password", Optional.empty()))
                .isFalse();
    }

    private String invitations() {
        return ROOT + "/organizations/" + organization.slug() + "/invitations";
    }

    private JsonNode invite(String role) {
        Answer answer = owner.post(invitations(), Map.of("email", email, "role", role));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private Http join(String link) {
        Http stranger = Browser.withCsrfToken(anonymous());
        return signedIn(stranger.post(ROOT + "/login", Map.of("token", link.substring(link.indexOf('=') + 1))));
    }

    private Answer login(String address, String password) {
        return Browser.withCsrfToken(anonymous()).post(ROOT + "/login", Map.of("email", address, "password", password));
    }

    private Http signedIn(Answer login) {
        Http stranger = Browser.withCsrfToken(anonymous());
        String session = Browser.cookie(login, "runyard_session");
        return stranger.with("Cookie", stranger.headers().get("Cookie") + "; " + session);
    }
}
