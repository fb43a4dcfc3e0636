package dev.runyard.cli.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.cli.process.ProcessLedger;
import dev.runyard.cli.process.Service;
import dev.runyard.cli.process.Services;
import dev.runyard.cli.redis.EmbeddedRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real servers of `runyard up`, started, killed and started again over their folders.
class EmbeddedServersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path folder;

    private final Services services = new Services(new ProcessLedger(folder.resolve("processes")), _ -> {});

    @AfterEach
    void stop() {
        services.stopAll();
    }

    @Test
    void postgresKeepsItsDataAlsoWhenItIsKilled() throws Exception {
        try (Connection connection = connect(start(postgres()))) {
            connection.createStatement().execute("create table sample as select 42 as answer");
            assertThat(show(connection, "show fsync")).isEqualTo("on");
            assertThat(show(connection, "show synchronous_commit")).isEqualTo("on");
        }
        kill();
        // What a machine leaves behind that went down: the file of a server whose id belongs to another program now.
        Path stale = folder.resolve("postgres/data/postmaster.pid");
        String rest = Files.exists(stale) ? Files.readString(stale).replaceFirst("^\\d+", "") : "\n";
        Files.writeString(stale, ProcessHandle.current().pid() + rest);
        try (Connection connection = connect(start(postgres()))) {
            assertThat(show(connection, "select answer from sample")).isEqualTo("42");
        }
    }

    @Test
    void redisTakesItsPasswordAlone() throws Exception {
        EmbeddedRedis redis = EmbeddedRedis.prepare(
                new EmbeddedRedis.Settings(folder.resolve("redis"), folder.resolve("redis.log"), freePort(), "secret"));
        Service service = services.start(redis.service());
        Awaitility.await().atMost(PATIENCE).until(() -> redis.isReady(service));
        EmbeddedRedis stranger = EmbeddedRedis.prepare(new EmbeddedRedis.Settings(
                folder.resolve("stranger"), folder.resolve("redis.log"), portOf(redis), "guess"));
        assertThat(stranger.isReady(service)).isFalse();
        assertThat(folder.resolve("redis")).isNotEmptyDirectory();
    }

    private EmbeddedPostgres postgres() throws IOException {
        return EmbeddedPostgres.prepare(new EmbeddedPostgres.Settings(
                folder.resolve("postgres"), folder.resolve("postgres.log"), freePort(), "secret"));
    }

    private EmbeddedPostgres start(EmbeddedPostgres postgres) {
        Service service = services.start(postgres.service());
        Awaitility.await().atMost(PATIENCE).until(() -> postgres.isReady(service));
        return postgres;
    }

    private static void kill() throws IOException {
        PostmasterFile file =
                PostmasterFile.read(folder.resolve("postgres/data")).orElseThrow();
        ProcessHandle server = ProcessHandle.of(file.pid()).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.url(), EmbeddedPostgres.NAME, "secret");
    }

    private static String show(Connection connection, String sql) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static int portOf(EmbeddedRedis redis) {
        return Integer.parseInt(redis.url().replaceFirst(".*:", ""));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
