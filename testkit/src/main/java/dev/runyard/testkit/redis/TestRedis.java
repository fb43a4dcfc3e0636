package dev.runyard.testkit.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;

/// A Redis server for tests. Share one where keys have a prefix of their own; start one to break it.
public final class TestRedis implements AutoCloseable {
    private static @Nullable TestRedis shared;

    private final int port;
    private @Nullable RedisServer server;

    private TestRedis(int port) {
        this.port = port;
    }

    /// Returns the one server of this JVM.
    public static synchronized TestRedis shared() {
        if (shared == null) {
            shared = start();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::kill));
        }
        return shared;
    }

    /// Starts a server that the caller closes.
    public static TestRedis start() {
        TestRedis redis = new TestRedis(freePort());
        redis.revive();
        return redis;
    }

    public String uri() {
        return "redis://localhost:" + port;
    }

    public int port() {
        return port;
    }

    /// Ends the server with everything it holds.
    public void kill() {
        RedisServer running = server;
        server = null;
        if (running != null) {
            try {
                running.stop();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Starts the server again on its port, empty.
    public void revive() {
        try {
            RedisServer starting = RedisServer.newRedisServer()
                    .port(port)
                    .setting("save \"\"")
                    .setting("appendonly no")
                    .build();
            starting.start();
            server = starting;
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

    @Override
    public void close() {
        kill();
    }
}
