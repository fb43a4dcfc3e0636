package dev.runyard.webapp.session.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.testkit.oidc.TestIdentityProvider;
import dev.runyard.testkit.time.SettableClock;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.config.AppProperties;
import dev.runyard.webapp.session.FewTries;
import dev.runyard.webapp.session.SignInByProvider;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.Projects;
import dev.runyard.webapp.tenant.Role;
import jakarta.servlet.http.Cookie;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;

/// Servers with other settings than the one that the tests share, over its database.
@ExtendWith(OutputCaptureExtension.class)
class OidcRulesTest extends WebappTest {
    @Autowired
    private OidcAttemptRepository attempts;

    @Autowired
    private SignInByProvider signIn;

    @Autowired
    private Projects projects;

    @Autowired
    private Memberships memberships;

    private final TestIdentityProvider provider = TestIdentityProvider.start();
    private final SettableClock clock = new SettableClock(Instant.now());
    private final String email = UUID.randomUUID() + "@example.com";

    @Test
    void offersNothingWithoutAnIssuer() {
        OidcController server = server(Map.of(), 10);

        assertThat(server.options("not-offered").oidc()).isNull();
        assertThat(server.options("not-offered").refusal()).contains("Sign in with your password");
        assertThat(location(server.leave(null, new MockHttpServletRequest()))).isEqualTo("/login?refused=not-offered");
    }

    @Test
    void asksAProviderAgainThatWasDown() {
        OidcController server = server(client(), 10);
        provider.behave().isSilent();
        assertThat(location(server.leave(null, new MockHttpServletRequest())))
                .isEqualTo("/login?refused=provider-unreachable");

        provider.behave();

        assertThat(location(server.leave(null, new MockHttpServletRequest())))
                .startsWith(provider.issuer() + "/authorize?");
    }

    @Test
    void waitsForNoProviderLongerThanItsTime() {
        Map<String, String> settings = client();
        settings.put("runyard.oidc.timeout", "200ms");
        OidcController server = server(settings, 10);
        provider.behave().isSlow();

        String location = location(server.leave(null, new MockHttpServletRequest()));

        provider.behave();
        assertThat(location).isEqualTo("/login?refused=provider-unreachable");
    }

    @Test
    void believesADescriptionForItsTime() {
        Map<String, String> settings = client();
        settings.put("runyard.oidc.metadata-lifetime", "30m");
        OidcController server = server(settings, 10);
        server.leave(null, new MockHttpServletRequest());
        provider.behave().isSilent();

        clock.advance(Duration.ofMinutes(30).minusMillis(1));
        assertThat(location(server.leave(null, new MockHttpServletRequest())))
                .startsWith(provider.issuer() + "/authorize?");
        clock.advance(Duration.ofMillis(1));
        assertThat(location(server.leave(null, new MockHttpServletRequest())))
                .isEqualTo("/login?refused=provider-unreachable");
    }

    @Test
    void followsAProviderThatChangesItsKeys() {
        Map<String, String> settings = client();
        settings.put("runyard.oidc.new-accounts.role", "viewer");
        settings.put(
                "runyard.oidc.new-accounts.organization",
                projects.createOrganization("Keys").slug());
        OidcController server = server(settings, 10);
        assertThat(roundTrip(server, email)).isEqualTo("/");

        provider.changeKeys();

        assertThat(roundTrip(server, email)).isEqualTo("/");
    }

    @Test
    void logsThatTheProviderDoesNotKnowTheSecret(CapturedOutput log) {
        Map<String, String> settings = client();
        settings.put("runyard.oidc.client-secret", "another-one");

        assertThat(roundTrip(server(settings, 10), email)).isEqualTo("/login?refused=provider-failed");

        assertThat(log.getOut())
                .contains("no identity for the code", "401 Unauthorized", "invalid_client")
                .doesNotContain("another-one");
    }

    @Test
    void trustsNoProviderThatCallsItselfSomethingElse() {
        Map<String, String> settings = client();
        settings.put("runyard.oidc.issuer", provider.issuer() + "/");

        assertThat(location(server(settings, 10).leave(null, new MockHttpServletRequest())))
                .isEqualTo("/login?refused=provider-failed");
    }

    @Test
    void givesAccountsWhereTheSettingsSayWhichOnes() {
        Projects.ListedOrganization organization = projects.createOrganization("Open");
        Map<String, String> settings = client();
        settings.put("runyard.oidc.new-accounts.role", "viewer");
        settings.put("runyard.oidc.new-accounts.organization", organization.slug());
        settings.put("runyard.oidc.allowed-domains", "example.com");
        OidcController server = server(settings, 10);

        assertThat(roundTrip(server, email)).isEqualTo("/");
        assertThat(roundTrip(server, email)).isEqualTo("/");
        assertThat(roundTrip(server, "a@example.net")).isEqualTo("/login?refused=other-domain");

        UUID person = memberships.person(email).orElseThrow().id();
        assertThat(memberships.roles(person)).isEqualTo(Map.of(organization.id(), Role.VIEWER));
        assertThat(memberships.person("a@example.net")).isEmpty();
    }

    @Test
    void letsNobodyBackInWhoWasTakenOut() {
        Projects.ListedOrganization organization = projects.createOrganization("Open");
        Map<String, String> settings = client();
        settings.put("runyard.oidc.new-accounts.role", "viewer");
        settings.put("runyard.oidc.new-accounts.organization", organization.id().toString());
        OidcController server = server(settings, 10);
        assertThat(roundTrip(server, email)).isEqualTo("/");
        assertThat(roundTrip(server, "owner-" + email)).isEqualTo("/");
        memberships.join(memberships.person("owner-" + email).orElseThrow().id(), organization.id(), Role.OWNER);

        memberships.leave(memberships.person(email).orElseThrow().id(), organization.id());

        assertThat(roundTrip(server, email)).isEqualTo("/login?refused=no-account");
    }

    @Test
    void givesNoAccountOfAnOrganizationThatIsNotThere() {
        Map<String, String> settings = client();
        settings.put("runyard.oidc.new-accounts.role", "viewer");
        settings.put("runyard.oidc.new-accounts.organization", "nowhere");

        assertThat(roundTrip(server(settings, 10), email)).isEqualTo("/login?refused=no-account");
    }

    @Test
    void waitsForSomebodySoLongAndNoLonger() {
        Map<String, String> settings = client();
        settings.put("runyard.oidc.attempt-lifetime", "5m");
        settings.put("runyard.oidc.allowed-domains", "example.org");
        OidcController server = server(settings, 10);
        provider.behave().as(Map.of("sub", "1", "email", email, "email_verified", true));
        ResponseEntity<Void> early = server.leave(null, new MockHttpServletRequest());
        ResponseEntity<Void> late = server.leave(null, new MockHttpServletRequest());

        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(comeBack(server, early)).isEqualTo("/login?refused=other-domain");
        clock.advance(Duration.ofMillis(1));
        assertThat(comeBack(server, late)).isEqualTo("/login?refused=stale");
    }

    @Test
    void countsTries() {
        OidcController server = server(client(), 2);

        assertThat(List.of(1, 2, 3))
                .extracting(_ -> location(server.leave(null, new MockHttpServletRequest())))
                .endsWith("/login?refused=too-many-tries")
                .filteredOn(address -> address.startsWith(provider.issuer()))
                .hasSize(2);
        assertThat(List.of(1, 2, 3))
                .extracting(_ -> location(server.comeBack("a", "b", null, new MockHttpServletRequest())))
                .containsExactly("/login?refused=stale", "/login?refused=stale", "/login?refused=too-many-tries");
    }

    private Map<String, String> client() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("runyard.oidc.issuer", provider.issuer());
        settings.put("runyard.oidc.client-id", TestIdentityProvider.CLIENT_ID);
        settings.put("runyard.oidc.client-secret", TestIdentityProvider.CLIENT_SECRET);
        return settings;
    }

    private OidcController server(Map<String, String> settings, int tries) {
        OidcProperties properties = new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("runyard.oidc", OidcProperties.class);
        AppProperties app = new AppProperties(URI.create("http://localhost:3030"));
        FindProvider providers = new FindProvider(properties, app, clock);
        AttemptCookie cookie = new AttemptCookie(properties, app);
        return new OidcController(
                new LeaveForProvider(providers, attempts, cookie, properties, clock),
                new ReturnFromProvider(providers, attempts, signIn, projects, properties, clock),
                cookie,
                FewTries.perMinute(tries),
                properties);
    }

    private String roundTrip(OidcController server, String address) {
        provider.behave().as(Map.of("sub", address, "email", address, "email_verified", true, "name", "Bea"));
        return comeBack(server, server.leave(null, new MockHttpServletRequest()));
    }

    private static String comeBack(OidcController server, ResponseEntity<Void> left) {
        Map<String, String> answer = TestIdentityProvider.parameters(
                URI.create(TestIdentityProvider.follow(location(left))).getRawQuery());
        String cookie = String.valueOf(left.getHeaders().getFirst(HttpHeaders.SET_COOKIE));
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setCookies(new Cookie(AttemptCookie.NAME, cookie.replaceAll("^[^=]*=([^;]*);.*", "$1")));
        return location(server.comeBack(answer.get("state"), answer.get("code"), answer.get("error"), request));
    }

    private static String location(ResponseEntity<Void> answer) {
        assertThat(answer.getStatusCode().value()).isEqualTo(303);
        return String.valueOf(answer.getHeaders().getFirst(HttpHeaders.LOCATION));
    }
}
