package dev.runyard.e2e.system;

import dev.runyard.sdk.client.ClientConfig;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.testkit.postgres.TestDatabase;
import dev.runyard.testkit.postgres.TestPostgres;
import dev.runyard.testkit.redis.TestRedis;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A Runyard of a test's own: PostgreSQL, Redis, the webapp and a supervisor, each a process that can be broken.
public final class WholeSystem implements AutoCloseable {
    public final TestRedis redis = TestRedis.start();
    public final ServerProcess webapp;
    public final ServerProcess supervisor;
    public final URI origin;
    private final TestDatabase database = TestPostgres.create("classpath:none");
    private final Path folder;
    private final Map<String, String> settings;

    private WholeSystem(
            Path folder, String workloads, Map<String, String> supervisorSettings, Map<String, String> more) {
        this.folder = folder;
        int port = freePort();
        int supervisorPort = freePort();
        this.origin = URI.create("http://localhost:" + port);
        Map<String, String> webappSettings = new HashMap<>(webappSettings(port));
        webappSettings.putAll(more);
        this.webapp = new ServerProcess(
                "webapp",
                ServerProcess.jarOf("webapp"),
                webappSettings,
                origin.resolve("/health/ready"),
                folder.resolve("webapp.log"));
        Map<String, String> settings = new HashMap<>(Map.of(
                "TRIGGER_API_URL", origin.toString(),
                "TRIGGER_WORKER_TOKEN", folder.resolve("worker-token").toUri().toString(),
                "RUNYARD_SUPERVISOR_PORT", String.valueOf(supervisorPort),
                "RUNYARD_SUPERVISOR_WORKLOADMANAGER", workloads,
                "RUNYARD_SUPERVISOR_STATEFOLDER", folder.resolve("supervisor").toString(),
                "RUNYARD_SUPERVISOR_INSTANCENAME", "e2e"));
        settings.putAll(supervisorSettings);
        this.settings = settings;
        this.supervisor = supervisor("supervisor", Map.of());
    }

    /// Returns a supervisor like the first one, in whose place it can be started.
    ///
    /// @param name name of its log
    /// @param changes settings that it has beside or in place of those of the first one
    public ServerProcess supervisor(String name, Map<String, String> changes) {
        Map<String, String> own = new HashMap<>(settings);
        own.putAll(changes);
        return new ServerProcess(
                name,
                ServerProcess.jarOf("supervisor"),
                own,
                URI.create("http://localhost:" + own.get("RUNYARD_SUPERVISOR_PORT") + "/health"),
                folder.resolve(name + ".log"));
    }

    /// Starts everything.
    ///
    /// @param folder for logs, tokens and bundles
    /// @param workloads `process` or `docker`
    /// @param supervisorSettings further settings of the supervisor
    public static WholeSystem start(Path folder, String workloads, Map<String, String> supervisorSettings) {
        return start(folder, workloads, supervisorSettings, Map.of());
    }

    /// Starts everything.
    ///
    /// @param folder for logs, tokens and bundles
    /// @param workloads `process` or `docker`
    /// @param supervisorSettings further settings of the supervisor
    /// @param webappSettings further settings of the webapp
    public static WholeSystem start(
            Path folder, String workloads, Map<String, String> supervisorSettings, Map<String, String> webappSettings) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        WholeSystem system = new WholeSystem(folder.toAbsolutePath(), workloads, supervisorSettings, webappSettings);
        system.webapp.start();
        system.webapp.awaitReady();
        system.supervisor.start();
        system.supervisor.awaitReady();
        return system;
    }

    private Map<String, String> webappSettings(int port) {
        return Map.ofEntries(
                Map.entry("SERVER_PORT", String.valueOf(port)),
                Map.entry("SPRING_DATASOURCE_URL", database.jdbcUrl()),
                Map.entry("SPRING_DATASOURCE_USERNAME", database.user()),
                Map.entry("SPRING_DATASOURCE_PASSWORD", database.password()),
                Map.entry("REDIS_URL", redis.uri()),
                Map.entry("APP_ORIGIN", "http://localhost:" + port),
                Map.entry("RUNYARD_DATA_DIR", folder.toString()),
                Map.entry("RUNYARD_BOOTSTRAP_ENABLED", "true"),
                Map.entry(
                        "RUNYARD_BOOTSTRAP_WORKER_TOKEN_PATH",
                        folder.resolve("worker-token").toString()),
                Map.entry(
                        "RUNYARD_BOOTSTRAP_SECRETS_PATH",
                        folder.resolve("secrets.json").toString()),
                Map.entry(
                        "RUNYARD_BOOTSTRAP_LOGIN_LINK_PATH",
                        folder.resolve("login-link").toString()));
    }

    /// The secret key of the production environment.
    public String secretKey() {
        return secrets().get("environments").get("prod").get("secretKey").asString();
    }

    /// The reference of the project that the first start made.
    public String projectRef() {
        return secrets().get("projectRef").asString();
    }

    private JsonNode secrets() {
        try {
            return JsonMapper.builder().build().readTree(Files.readString(folder.resolve("secrets.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The one-time link that the webapp printed.
    public String loginLink() {
        try {
            return Files.readString(folder.resolve("login-link")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Runyard client() {
        return Runyard.connect(ClientConfig.of(origin.toString(), secretKey()));
    }

    public Deployer deployer() {
        return new Deployer(origin, secretKey());
    }

    /// Deploys the tasks of package `dev.runyard.e2e.tasks` for child processes.
    public String deployProbes() {
        Path bundle = TaskBundle.write(folder.resolve("bundle"));
        return deployer().deploy(bundle, "bundle:" + bundle);
    }

    public JdbcClient sql() {
        return JdbcClient.create(database.dataSource());
    }

    public String databaseUrl() {
        return database.jdbcUrl();
    }

    public Path folder() {
        return folder;
    }

    public void flushRedis() {
        try (RedisClient client = RedisClient.create(redis.uri());
                var connection = client.connect()) {
            connection.sync().flushall();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        supervisor.close();
        webapp.close();
        redis.close();
        database.close();
    }
}
