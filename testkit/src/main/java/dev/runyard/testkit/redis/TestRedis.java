package dev.runyard.testkit.redis;

import dev.runyard.testkit.TestServers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A Redis server for tests. Share one where keys have a prefix of their own; start one to break it.
public final class TestRedis implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(15);
    private static @Nullable TestRedis shared;

    private final String uri;
    private final int port;
    private final @Nullable RedisServer server;

    private TestRedis(String uri, int port, @Nullable RedisServer server) {
        this.uri = uri;
        this.port = port;
        this.server = server;
    }

    /// Returns the one server of this JVM: the one that TEST_REDIS_URL names, or one started on first use.
    public static synchronized TestRedis shared() {
        if (shared == null) {
            String given = System.getenv("TEST_REDIS_URL");
            shared = given == null || given.isBlank() ? start() : external(given);
        }
        return shared;
    }

    /// Starts a server that the caller closes; it keeps nothing over its death.
    public static TestRedis start() {
        return startOn(null);
    }

    /// Starts a server that the caller closes and that writes each change into a log in this folder.
    public static TestRedis start(Path aofFolder) {
        return startOn(aofFolder);
    }

    private static TestRedis startOn(@Nullable Path aofFolder) {
        int port = freePort();
        RedisServer server = TestServers.inContainers()
                ? new RedisContainer(port, aofFolder != null)
                : new RedisProcess(port, aofFolder);
        TestRedis redis = new TestRedis("redis://localhost:" + port, port, server);
        // Registered before the start, so that a JVM that ends early leaves no server behind.
        Runtime.getRuntime().addShutdownHook(new Thread(redis::kill));
        redis.revive();
        return redis;
    }

    private static TestRedis external(String uri) {
        return new TestRedis(uri, RedisURI.create(uri).getPort(), null);
    }

    public String uri() {
        return uri;
    }

    public int port() {
        return port;
    }

    /// Ends the server with SIGKILL, and with it everything that it holds in memory.
    public synchronized void kill() {
        if (server != null) {
            server.kill();
        }
    }

    /// Starts the server again on its port; empty, unless it has a log.
    public synchronized void revive() {
        if (server == null) {
            throw new IllegalStateException("TEST_REDIS_URL names a server that tests must not break");
        }
        server.start();
        awaitAnswer(server);
    }

    /// Removes all keys, as an operator would with FLUSHALL.
    public void flush() {
        try (RedisClient client = RedisClient.create(uri);
                StatefulRedisConnection<String, String> connection = client.connect()) {
            connection.sync().flushall();
        }
    }

    /// Returns the bytes that Redis uses for data, by its own account.
    public long usedMemory() {
        return info("memory", "used_memory");
    }

    /// Returns how many commands Redis executed since it started, those of scripts not counted.
    public long commandsProcessed() {
        return info("stats", "total_commands_processed");
    }

    private long info(String section, String field) {
        try (RedisClient client = RedisClient.create(uri);
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return connection
                    .sync()
                    .info(section)
                    .lines()
                    .filter(line -> line.startsWith(field + ":"))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(field.length() + 1).strip()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void awaitAnswer(RedisServer starting) {
        try (RedisClient client = RedisClient.create(uri)) {
            Awaitility.await("an answer of redis-server at port " + port)
                    .atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(20))
                    .failFast("redis-server exited; is port " + port + " taken?", () -> !starting.isAlive())
                    .until(() -> answers(client));
        }
    }

    private static boolean answers(RedisClient client) {
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            return "PONG".equals(connection.sync().ping());
        } catch (RedisException e) {
            return false;
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
        kill();
    }
}
