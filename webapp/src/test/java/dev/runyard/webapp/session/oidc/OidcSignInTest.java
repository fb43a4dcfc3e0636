package dev.runyard.webapp.session.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.testkit.oidc.IdTokenSigner.By;
import dev.runyard.testkit.oidc.TestIdentityProvider;
import dev.runyard.testkit.oidc.TestIdentityProvider.Behavior;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.session.Browser;
import dev.runyard.webapp.session.Invite;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.Projects;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.testing.Http;
import dev.runyard.webapp.testing.Http.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/// A browser goes from the sign-in page to an identity provider and back.
@ExtendWith(OutputCaptureExtension.class)
class OidcSignInTest extends WebappTest {
    private static final String ROOT = "/api/dashboard/v1";

    @Autowired
    private Invite invite;

    @Autowired
    private Memberships memberships;

    @Autowired
    private Projects projects;

    private final String email = UUID.randomUUID() + "@example.com";
    private UUID organization = UUID.randomUUID();
    private String invitation = "";

    /// A browser at the provider.
    ///
    /// @param back where the provider sends it
    /// @param cookie what it took along
    private record Visit(String back, String cookie) {}

    @BeforeEach
    void inviteSomebody() {
        organization = projects.createOrganization("Acme").id();
        Invite.Invited invited = invite.invite(email, organization);
        memberships.join(invited.user(), organization, Role.ADMIN);
        invitation = invited.link().orElseThrow().url();
        PROVIDER.behave().as(person(email, true));
    }

    @Test
    void offersTheProvider() {
        JsonNode options = anonymous().get(ROOT + "/login/options").json();

        assertThat(options.path("oidc").path("label").asString()).isEqualTo("Sign in with Acme");
        assertThat(options.path("oidc").path("href").asString()).isEqualTo(ROOT + "/login/oidc");
        assertThat(options.has("refusal")).isFalse();
        assertThat(anonymous()
                        .get(ROOT + "/login/options?refused=call+0900-1234")
                        .json()
                        .has("refusal"))
                .isFalse();
    }

    @Test
    void signsInSomebodyWhoWasInvited() {
        Answer left = anonymous().get(ROOT + "/login/oidc");
        assertThat(left.status()).isEqualTo(303);
        assertThat(left.header("location"))
                .startsWith(PROVIDER.issuer() + "/authorize?")
                .contains("scope=openid%20email%20profile", "code_challenge_method=S256");
        assertThat(left.header("set-cookie"))
                .startsWith("runyard_oidc=")
                .contains("HttpOnly", "SameSite=Lax", "Path=/api/dashboard/v1/login/oidc", "Max-Age=600");

        Answer back = comeBack(
                new Visit(TestIdentityProvider.follow(left.header("location")), Browser.cookie(left, "runyard_oidc")));

        assertThat(back.status()).isEqualTo(303);
        assertThat(back.header("location")).isEqualTo("/");
        assertThat(back.response().headers().allValues("set-cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("runyard_session=")
                        .contains("HttpOnly", "SameSite=Lax", "Path=/"))
                .anySatisfy(cookie ->
                        assertThat(cookie).startsWith("runyard_oidc=;").contains("Max-Age=0"));
        assertThat(session(back).path("user").path("email").asString()).isEqualTo(email);
        assertThat(audit(back)).containsExactly("session.begin identity provider");
    }

    @Test
    void knowsTheAccountInWhateverCaseItIsWritten() {
        PROVIDER.behave().as(person(email.toUpperCase(Locale.ROOT), "true"));

        assertThat(session(comeBack(leave(""))).path("user").path("email").asString())
                .isEqualTo(email);
    }

    @Test
    void takesTheAddressFromWhatTheProviderTellsTheHolderOfATokenToo() {
        String subject = UUID.randomUUID().toString();
        PROVIDER.behave().as(Map.of("sub", subject)).tells(Map.of("email", email, "email_verified", true));

        assertThat(session(comeBack(leave(""))).path("user").path("email").asString())
                .isEqualTo(email);
    }

    @Test
    void endsTheLinkOfTheInvitation() {
        comeBack(leave(""));

        Answer byLink = Browser.signInByLink(anonymous(), invitation.substring(invitation.indexOf('=') + 1));

        assertThat(byLink.status()).isEqualTo(401);
    }

    @Test
    void refusesWhomNobodyInvited() {
        PROVIDER.behave().as(person("stranger-" + email, true));

        Answer refused = comeBack(leave(""));

        assertRefused(refused, Refusal.NO_ACCOUNT);
        assertThat(anonymous()
                        .get(refused.header("location").replace("/login", ROOT + "/login/options"))
                        .json()
                        .path("refusal")
                        .asString())
                .contains("has no account here", "Ask an administrator");
        assertThat(memberships.person("stranger-" + email)).isEmpty();
    }

    @Test
    void refusesWhoBelongsToNoOrganizationAnyMore() {
        UUID owner = memberships.person("ann@example.com").map(one -> one.id()).orElseGet(this::ann);
        memberships.join(owner, organization, Role.OWNER);
        assertThat(memberships.leave(memberships.person(email).orElseThrow().id(), organization))
                .isTrue();

        assertRefused(comeBack(leave("")), Refusal.NO_ACCOUNT);
    }

    private UUID ann() {
        return invite.invite("ann@example.com", organization).user();
    }

    @Test
    void believesNoAddressThatIsNotVerified() {
        for (Object unverified : List.of(false, "false", 1, "yes")) {
            PROVIDER.behave().as(person(email, unverified));
            assertRefused(comeBack(leave("")), Refusal.EMAIL_NOT_VERIFIED);
        }
        PROVIDER.behave().as(Map.of("sub", "1", "email", email));
        assertRefused(comeBack(leave("")), Refusal.EMAIL_NOT_VERIFIED);
        PROVIDER.behave().as(Map.of("sub", "1", "email_verified", true));
        assertRefused(comeBack(leave("")), Refusal.EMAIL_MISSING);

        PROVIDER.behave().as(person(email, true));
        assertThat(audit(comeBack(leave(""))))
                .hasSize(6)
                .startsWith("session.begin identity provider")
                .endsWith("session.refuse identity provider");
    }

    @Test
    void believesNoTokenThatIsNotTheProvidersForThisSignIn(CapturedOutput log) {
        long past = Instant.now().getEpochSecond() - 3_600;
        Map<String, Consumer<Behavior>> wrongs = new LinkedHashMap<>();
        wrongs.put("nonce", wrong -> wrong.changes(with("nonce", "of-another-sign-in")));
        wrongs.put("no nonce", wrong -> wrong.changes(without("nonce")));
        wrongs.put("audience", wrong -> wrong.changes(with("aud", "another-client")));
        wrongs.put("party", wrong -> wrong.changes(with("azp", "another-client")));
        wrongs.put("issuer", wrong -> wrong.changes(with("iss", "https://login.example.net")));
        wrongs.put(
                "expired",
                wrong -> wrong.changes(claims -> {
                    claims.putAll(Map.of("iat", past - 300, "exp", past));
                    return claims;
                }));
        wrongs.put("for ever", wrong -> wrong.changes(without("exp")));
        wrongs.put("too early", wrong -> wrong.changes(with("nbf", past + 7_200)));
        wrongs.put("key", wrong -> wrong.signs(By.ANOTHER_KEY));
        wrongs.put("secret", wrong -> wrong.signs(By.THE_CLIENT_SECRET));
        wrongs.put("unsigned", wrong -> wrong.signs(By.NOTHING));
        wrongs.put("another person", wrong -> wrong.tells(Map.of("sub", "2")));

        wrongs.forEach((name, change) -> {
            change.accept(PROVIDER.behave().as(person(email, true)));
            Answer answer = comeBack(leave(""));
            assertThat(answer.header("location")).as(name).isEqualTo("/login?refused=provider-failed");
            assertThat(cookies(answer)).as(name).isEmpty();
        });
        assertThat(log.getOut())
                .contains("provider-failed: no identity for the code", "invalid_nonce", "Jwt expired at");
        assertThat(PROVIDER.issued()).hasSizeGreaterThan(24).noneMatch(log.getOut()::contains);
        assertThat(log.getOut()).doesNotContain(TestIdentityProvider.CLIENT_SECRET);
    }

    @Test
    void takesAStateOnce() {
        Visit visit = leave("");

        assertThat(cookies(comeBack(visit))).isNotEmpty();

        assertRefused(comeBack(visit), Refusal.STALE);
    }

    @Test
    void takesAStateFromTheBrowserAloneThatGotIt() {
        Visit own = leave("");
        Visit other = leave("");

        assertRefused(anonymous().get(own.back()), Refusal.STALE);
        assertRefused(comeBack(new Visit(own.back(), other.cookie())), Refusal.STALE);
        assertRefused(comeBack(new Visit(own.back(), "runyard_oidc=guess")), Refusal.STALE);
        assertRefused(
                comeBack(new Visit(own.back().replaceAll("&state=.*", "&state=guess"), own.cookie())), Refusal.STALE);
        assertRefused(comeBack(new Visit(own.back().replaceAll("&state=.*", ""), own.cookie())), Refusal.STALE);

        assertThat(cookies(comeBack(own))).isNotEmpty();
        assertThat(cookies(comeBack(other))).isNotEmpty();
    }

    @Test
    void takesNoCodeOfAnotherSignIn() {
        Visit victim = leave("");
        Visit attacker = leave("");
        String stolen = victim.back().replaceAll(".*[?&]code=([^&]*).*", "$1");

        Answer refused =
                comeBack(new Visit(attacker.back().replaceAll("code=[^&]*", "code=" + stolen), attacker.cookie()));

        assertRefused(refused, Refusal.PROVIDER_FAILED);
    }

    @Test
    void saysWhatTheProviderSays() {
        PROVIDER.behave().refuses("access_denied");
        assertRefused(comeBack(leave("")), Refusal.DENIED);
        PROVIDER.behave().refuses("server_error");
        assertRefused(comeBack(leave("")), Refusal.PROVIDER_FAILED);

        PROVIDER.behave();
        Visit visit = leave("");
        PROVIDER.behave().isSilent();
        assertRefused(comeBack(visit), Refusal.PROVIDER_UNREACHABLE);
    }

    @Test
    void returnsToPagesOfThisServerAlone() {
        for (String page : List.of("/projects/a/prod/runs?status=FAILED&x=[1]", "/account", "/runs/run_1#span")) {
            assertThat(arriveAt(page)).isEqualTo(page);
        }
        for (String elsewhere : List.of(
                "//evil.example",
                "/\\evil.example",
                "https://evil.example/",
                "/\t/evil.example",
                "javascript:alert(1)",
                "evil.example",
                "/a\r\nSet-Cookie: a=b",
                "/api/dashboard/v1/login/oidc",
                "/login?token=x",
                "/" + "a".repeat(2_000),
                "")) {
            assertThat(arriveAt(elsewhere)).as(elsewhere).isEqualTo("/");
        }
    }

    private String arriveAt(String to) {
        return comeBack(leave("?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8)))
                .header("location");
    }

    private Visit leave(String query) {
        Answer left = anonymous().get(ROOT + "/login/oidc" + query);
        assertThat(left.status()).isEqualTo(303);
        return new Visit(TestIdentityProvider.follow(left.header("location")), Browser.cookie(left, "runyard_oidc"));
    }

    private Answer comeBack(Visit visit) {
        return anonymous().with("Cookie", visit.cookie()).get(visit.back());
    }

    private void assertRefused(Answer answer, Refusal refusal) {
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("location")).isEqualTo("/login?refused=" + refusal.code());
        assertThat(cookies(answer)).isEmpty();
    }

    private static List<String> cookies(Answer answer) {
        return answer.response().headers().allValues("set-cookie").stream()
                .filter(cookie -> cookie.startsWith("runyard_session="))
                .toList();
    }

    private Http signedIn(Answer arrived) {
        return anonymous().with("Cookie", Browser.cookie(arrived, "runyard_session"));
    }

    private JsonNode session(Answer arrived) {
        return signedIn(arrived).get(ROOT + "/session").json();
    }

    private List<String> audit(Answer arrived) {
        return signedIn(arrived)
                .get(ROOT + "/organizations/" + organization + "/audit")
                .json()
                .path("data")
                .valueStream()
                .filter(entry -> entry.path("actor").asString().equals(email))
                .map(entry -> entry.path("action").asString() + " "
                        + entry.path("target").asString())
                .toList();
    }

    private static Map<String, Object> person(String email, Object isVerified) {
        return Map.of("sub", "1", "email", email, "email_verified", isVerified, "name", "Bea");
    }

    private static UnaryOperator<Map<String, Object>> with(String claim, Object value) {
        return claims -> {
            claims.put(claim, value);
            return claims;
        };
    }

    private static UnaryOperator<Map<String, Object>> without(String claim) {
        return claims -> {
            claims.remove(claim);
            return claims;
        };
    }
}
