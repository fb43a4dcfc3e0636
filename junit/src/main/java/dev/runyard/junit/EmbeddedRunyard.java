package dev.runyard.junit;

import dev.runyard.testkit.postgres.TestDatabase;
import dev.runyard.testkit.postgres.TestPostgres;
import dev.runyard.testkit.redis.TestRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A Runyard for tests: PostgreSQL and Redis on ports of their own, and the server in a process of its own. Runs are
/// executed by workers that the test starts; there is no supervisor.
public final class EmbeddedRunyard implements AutoCloseable {
    private static @Nullable EmbeddedRunyard shared;

    private final TestRedis redis;
    private final TestDatabase database;
    private final ServerJar server;
    private final Path folder;
    private final String url;

    private EmbeddedRunyard(Path folder) {
        int port = freePort();
        this.folder = folder;
        this.url = "http://localhost:" + port;
        this.redis = TestRedis.start();
        this.database = TestPostgres.create("classpath:none");
        this.server = new ServerJar(ServerJar.find(), settings(port), URI.create(url + "/health/ready"), folder);
    }

    /// Returns the one of this JVM, and starts it at the first call. It ends with the JVM.
    public static synchronized EmbeddedRunyard shared() {
        if (shared == null) {
            EmbeddedRunyard started = start();
            shared = started;
            // PostgreSQL and Redis end by themselves, perhaps before.
            Runtime.getRuntime().addShutdownHook(new Thread(started.server::close, "runyard-stop"));
        }
        return shared;
    }

    /// Starts one of the caller's own.
    public static EmbeddedRunyard start() {
        EmbeddedRunyard made = new EmbeddedRunyard(temporaryFolder());
        made.server.start();
        return made;
    }

    /// Returns the server's address.
    public String url() {
        return url;
    }

    /// Returns the secret key of the development environment, which the worker of [RunyardTest] serves.
    public String secretKey() {
        return secretKey("dev");
    }

    /// Returns the secret key of an environment: `dev`, `stg` or `prod`.
    public String secretKey(String environment) {
        JsonNode key = JsonMapper.shared()
                .readTree(read("secrets.json"))
                .path("environments")
                .path(environment)
                .path("secretKey");
        if (!key.isString()) {
            throw new IllegalArgumentException("there is no environment " + environment + "; use dev, stg or prod");
        }
        return key.asString();
    }

    /// Returns a link that signs a browser in to the dashboard, once.
    public String loginLink() {
        return read("login-link").strip();
    }

    /// Returns the folder with the server's log, `server.log`.
    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        server.close();
        database.close();
        redis.close();
    }

    private Map<String, String> settings(int port) {
        return Map.ofEntries(
                Map.entry("SERVER_PORT", String.valueOf(port)),
                Map.entry("SPRING_DATASOURCE_URL", database.jdbcUrl()),
                Map.entry("SPRING_DATASOURCE_USERNAME", database.user()),
                Map.entry("SPRING_DATASOURCE_PASSWORD", database.password()),
                Map.entry("REDIS_URL", redis.uri()),
                Map.entry("APP_ORIGIN", url),
                Map.entry("RUNYARD_DATA_DIR", folder.toString()),
                Map.entry("RUNYARD_BOOTSTRAP_ENABLED", "true"),
                Map.entry("RUNYARD_BOOTSTRAP_WORKER_TOKEN_PATH", file("worker-token")),
                Map.entry("RUNYARD_BOOTSTRAP_SECRETS_PATH", file("secrets.json")),
                Map.entry("RUNYARD_BOOTSTRAP_LOGIN_LINK_PATH", file("login-link")));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("runyard-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
