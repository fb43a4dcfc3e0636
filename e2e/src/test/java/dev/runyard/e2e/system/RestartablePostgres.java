package dev.runyard.e2e.system;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

/// A PostgreSQL of a test's own, which it may crash; what was committed is there when it starts again.
public final class RestartablePostgres implements AutoCloseable {
    private final Path folder;
    private EmbeddedPostgres server;
    private final int port;

    public RestartablePostgres(Path folder) {
        this.folder = folder;
        this.server = start(0);
        this.port = server.getPort();
    }

    private EmbeddedPostgres start(int wantedPort) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setServerConfig("max_connections", "150")
                // The library switches these off, and then a crash would lose what was committed.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setPGStartupWait(Duration.ofSeconds(60));
        try {
            return (wantedPort == 0 ? builder : builder.setPort(wantedPort)).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    public String user() {
        return "postgres";
    }

    public String password() {
        return "postgres";
    }

    public DataSource dataSource() {
        return server.getPostgresDatabase();
    }

    /// Stops the server at once, without any order, then starts it again: it recovers from its log.
    public void crash() {
        try {
            long pid = Long.parseLong(Files.readAllLines(folder.resolve("postmaster.pid"))
                    .getFirst()
                    .strip());
            new ProcessBuilder("kill", "-QUIT", String.valueOf(pid)).start();
            Awaitility.await("PostgreSQL ends")
                    .atMost(Duration.ofSeconds(30))
                    .until(() ->
                            ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = start(port);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
