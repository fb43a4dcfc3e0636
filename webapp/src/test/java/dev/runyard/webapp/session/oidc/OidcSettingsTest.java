package dev.runyard.webapp.session.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.config.Secret;
import dev.runyard.webapp.config.WrongSettingException;
import dev.runyard.webapp.session.oidc.OidcProperties.NewAccounts;
import dev.runyard.webapp.tenant.Role;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class OidcSettingsTest {
    private static final String ISSUER = "runyard.oidc.issuer=https://login.example.com/";
    private static final String CLIENT = "runyard.oidc.client-id=runyard";
    private static final String SECRET = "runyard.oidc.client-secret=hush";

    private final ApplicationContextRunner server =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(OidcProperties.class)
    static class Settings {}

    @Test
    void offersNothingByDefault() {
        server.run(context -> {
            OidcProperties properties = context.getBean(OidcProperties.class);
            assertThat(properties.isOffered()).isFalse();
            assertThat(properties)
                    .isEqualTo(new OidcProperties(
                            null,
                            null,
                            null,
                            List.of("openid", "email", "profile"),
                            "Single sign-on",
                            "email",
                            "email_verified",
                            List.of(),
                            new NewAccounts(null, null),
                            Duration.ofSeconds(10),
                            Duration.ofMinutes(10),
                            Duration.ofHours(1)));
        });
    }

    @Test
    void takesVariablesThatAreSetToNothingForNotSet() {
        server.withPropertyValues(
                        "runyard.oidc.issuer=",
                        "runyard.oidc.client-id=",
                        "runyard.oidc.client-secret=",
                        "runyard.oidc.label=",
                        "runyard.oidc.allowed-domains=",
                        "runyard.oidc.new-accounts.role=",
                        "runyard.oidc.new-accounts.organization=")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(OidcProperties.class).isOffered())
                            .isFalse();
                    assertThat(context.getBean(OidcProperties.class).label()).isEqualTo("Single sign-on");
                });
    }

    @Test
    void readsEveryKey() {
        server.withPropertyValues(
                        ISSUER,
                        CLIENT,
                        SECRET,
                        "runyard.oidc.scopes=email, groups",
                        "runyard.oidc.label=Acme",
                        "runyard.oidc.email-claim=upn",
                        "runyard.oidc.verified-claim=xms_edov",
                        "runyard.oidc.allowed-domains=Example.com, @example.org",
                        "runyard.oidc.new-accounts.role=viewer",
                        "runyard.oidc.new-accounts.organization=runyard",
                        "runyard.oidc.timeout=1s",
                        "runyard.oidc.attempt-lifetime=2m",
                        "runyard.oidc.metadata-lifetime=3h")
                .run(context -> assertThat(context.getBean(OidcProperties.class))
                        .isEqualTo(new OidcProperties(
                                "https://login.example.com/",
                                "runyard",
                                new Secret("hush"),
                                List.of("openid", "email", "groups"),
                                "Acme",
                                "upn",
                                "xms_edov",
                                List.of("example.com", "example.org"),
                                new NewAccounts(Role.VIEWER, "runyard"),
                                Duration.ofSeconds(1),
                                Duration.ofMinutes(2),
                                Duration.ofHours(3))));
    }

    @Test
    void refusesHalfAConfigurationAndNamesWhatIsMissing() {
        refuses("runyard.oidc.client-secret", ISSUER, CLIENT);
        refuses("runyard.oidc.client-id", ISSUER, SECRET);
        refuses("runyard.oidc.issuer", CLIENT, SECRET);
        refuses("runyard.oidc.client-id, runyard.oidc.client-secret", ISSUER);
        refuses("runyard.oidc.issuer", "runyard.oidc.allowed-domains=example.com");
        refuses(
                "runyard.oidc.new-accounts.organization",
                ISSUER,
                CLIENT,
                SECRET,
                "runyard.oidc.new-accounts.role=viewer");
        refuses("runyard.oidc.new-accounts.role", ISSUER, CLIENT, SECRET, "runyard.oidc.new-accounts.organization=a");
    }

    private void refuses(String missing, String... settings) {
        server.withPropertyValues(settings)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(WrongSettingException.class)
                        .hasMessageContaining("Missing: " + missing)
                        .hasMessageNotContaining("hush"));
    }

    @Test
    void refusesAnIssuerToWhichASecretMustNotGo() {
        for (String issuer : List.of(
                "login.example.com",
                "http://login.example.com",
                "ftp://login.example.com",
                "https://",
                "https://login.example.com/?a=b",
                "https://login.example.com/#a",
                "https://log in")) {
            server.withPropertyValues("runyard.oidc.issuer=" + issuer, CLIENT, SECRET)
                    .run(context -> assertThat(context.getStartupFailure())
                            .rootCause()
                            .isInstanceOf(WrongSettingException.class)
                            .hasMessageContaining("runyard.oidc.issuer must be"));
        }
        for (String issuer :
                List.of("https://login.example.com/realms/a", "http://localhost:8080", "http://127.0.0.1")) {
            server.withPropertyValues("runyard.oidc.issuer=" + issuer, CLIENT, SECRET)
                    .run(context -> assertThat(context).hasNotFailed());
        }
    }

    @Test
    void refusesTimesThatAreNone() {
        Stream.of("timeout", "attempt-lifetime", "metadata-lifetime")
                .forEach(key -> server.withPropertyValues("runyard.oidc." + key + "=0s")
                        .run(context -> assertThat(context.getStartupFailure())
                                .rootCause()
                                .hasMessageContaining(key)));
    }

    @Test
    void printsNoSecret() {
        server.withPropertyValues(ISSUER, CLIENT, SECRET)
                .run(context -> assertThat(context.getBean(OidcProperties.class).toString())
                        .doesNotContain("hush"));
        AttemptSecret secret = AttemptSecret.random();
        assertThat(secret.toString()).doesNotContain(secret.text());
    }

    @Test
    void allowsTheDomainsThatItNamesAndNoneThatEndsLikeThem() {
        server.withPropertyValues(ISSUER, CLIENT, SECRET, "runyard.oidc.allowed-domains=example.com")
                .run(context -> {
                    OidcProperties properties = context.getBean(OidcProperties.class);
                    assertThat(properties.allows("ann@example.com")).isTrue();
                    assertThat(properties.allows("ann@EXAMPLE.com")).isTrue();
                    assertThat(properties.allows("ann@evil-example.com")).isFalse();
                    assertThat(properties.allows("ann@sub.example.com")).isFalse();
                    assertThat(properties.allows("ann@example.com@evil.example"))
                            .isFalse();
                });
    }

    @Test
    void givesEachRefusalACodeAndASentence() {
        assertThat(Arrays.stream(Refusal.values())).allSatisfy(refusal -> {
            assertThat(refusal.code()).matches("[a-z-]+");
            assertThat(Refusal.of(refusal.code())).contains(refusal);
            assertThat(refusal.sentence()).endsWith(".");
        });
        assertThat(Refusal.of("NO_ACCOUNT")).isEmpty();
    }

    @Test
    void keepsWordsOfOthersInOneLineOfTheLog() {
        assertThat(new RefusedSignInException(Refusal.DENIED, "a\r\n2026 ERROR\u0085b"))
                .hasMessage("a 2026 ERROR b");
        assertThat(new RefusedSignInException(Refusal.DENIED, "a".repeat(600)).getMessage())
                .hasSize(501);
    }

    @Test
    void derivesWhatThreeSignInsDoNotShare() {
        AttemptSecret secret = AttemptSecret.random();

        assertThat(Stream.of(secret.text(), secret.state(), secret.nonce(), secret.verifier())
                        .distinct())
                .hasSize(4)
                .allMatch(text -> text.matches("[A-Za-z0-9_-]{43}"));
        assertThat(AttemptSecret.random().state()).isNotEqualTo(secret.state());
        assertThat(new AttemptSecret(secret.text()).state()).isEqualTo(secret.state());
    }
}
