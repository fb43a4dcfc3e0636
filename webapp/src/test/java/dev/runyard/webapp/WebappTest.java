package dev.runyard.webapp;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.testkit.oidc.TestIdentityProvider;
import dev.runyard.testkit.postgres.TestDatabase;
import dev.runyard.testkit.postgres.TestPostgres;
import dev.runyard.testkit.redis.TestRedis;
import dev.runyard.webapp.testing.Http;
import dev.runyard.webapp.testing.TestMailServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A test against the whole server over a real PostgreSQL and Redis. All subclasses share one server: a
/// test makes what it needs under names of its own, and expects other tests' runs beside them.
@SpringBootTest(classes = WebApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
public abstract class WebappTest {
    private static final TestDatabase DATABASE =
            TestPostgres.create("classpath:db/migration/engine", "classpath:db/migration/webapp");
    private static final Path FILES = makeFolder();

    /// Takes the server's mails.
    protected static final TestMailServer MAILS = TestMailServer.start();

    /// Says who people are.
    protected static final TestIdentityProvider PROVIDER = TestIdentityProvider.start();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", DATABASE::jdbcUrl);
        registry.add("spring.datasource.username", DATABASE::user);
        registry.add("spring.datasource.password", DATABASE::password);
        registry.add("spring.datasource.hikari.connection-init-sql", () -> "set time zone 'America/Los_Angeles'");
        registry.add("runyard.redis.url", () -> TestRedis.shared().uri());
        registry.add("runyard.data-dir", FILES::toString);
        registry.add("runyard.session.max-logins-per-minute", () -> "1000");
        registry.add("runyard.session.password-strength", () -> "4");
        registry.add("runyard.failures.interval", () -> "100ms");
        registry.add("runyard.engine.queues.measured-queues", () -> "20");
        registry.add("runyard.engine.queues.measure-period", () -> "1s");
        registry.add("runyard.alerts.interval", () -> "100ms");
        registry.add("spring.mail.host", () -> "127.0.0.1");
        registry.add("spring.mail.port", MAILS::port);
        registry.add("runyard.oidc.issuer", PROVIDER::issuer);
        registry.add("runyard.oidc.client-id", () -> TestIdentityProvider.CLIENT_ID);
        registry.add("runyard.oidc.client-secret", () -> TestIdentityProvider.CLIENT_SECRET);
        registry.add("runyard.oidc.label", () -> "Sign in with Acme");
        // Receivers of tests run on this machine.
        registry.add("runyard.alerts.allow-private-addresses", () -> "true");
        // All tests call from one address.
        registry.add("runyard.rate-limit.anonymous-capacity", () -> "10000000");
        registry.add("runyard.rate-limit.refused-capacity", () -> "10000000");
        registry.add("runyard.bootstrap.enabled", () -> "true");
        registry.add("runyard.bootstrap.worker-token-path", () -> FILES.resolve("worker-token"));
        registry.add("runyard.bootstrap.secrets-path", () -> FILES.resolve("secrets.json"));
        registry.add("runyard.bootstrap.login-link-path", () -> FILES.resolve("login-link"));
    }

    /// Returns the base URL of the server.
    protected final String baseUrl() {
        return "http://localhost:" + port;
    }

    /// Calls with the secret key of an environment: `dev`, `stg` or `prod`.
    protected final Http api(String slug) {
        return anonymous()
                .with(
                        "Authorization",
                        "Bearer " + environment(slug).path("secretKey").asString());
    }

    /// Calls as a supervisor.
    protected final Http supervisor(String name) {
        return anonymous()
                .with("Authorization", "Bearer " + bootstrapFile("worker-token"))
                .with("x-trigger-worker-instance-name", name);
    }

    protected final Http anonymous() {
        return Http.anonymous(baseUrl());
    }

    protected static EnvironmentId environmentId(String slug) {
        return EnvironmentId.parse(environment(slug).path("id").asString());
    }

    private static JsonNode environment(String slug) {
        return JsonMapper.shared()
                .readTree(bootstrapFile("secrets.json"))
                .path("environments")
                .path(slug);
    }

    /// Reads one of the files that the server writes at its start: `worker-token`, `secrets.json`, `login-link`.
    protected static String bootstrapFile(String name) {
        try {
            return Files.readString(FILES.resolve(name)).strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path makeFolder() {
        try {
            return Files.createTempDirectory("runyard-webapp-test");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
