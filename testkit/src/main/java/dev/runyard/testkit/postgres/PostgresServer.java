package dev.runyard.testkit.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// Where the databases of this JVM live, and who may make them.
///
/// @param prefix JDBC address up to the database's name
/// @param maintenance a database that exists already
/// @param user a role that may create databases
/// @param password its password
record PostgresServer(String prefix, String maintenance, String user, String password) {
    private static final int DEFAULT_PORT = 5432;

    /// Reads `postgres://user:password@host:port/database`, with or without `jdbc:` before it.
    static PostgresServer parse(String url) {
        URI uri = URI.create(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
        if (uri.getHost() == null || uri.getRawUserInfo() == null) {
            throw new IllegalArgumentException(
                    "TEST_DATABASE_URL must have the form postgres://user:password@host:port/database");
        }
        String[] login = uri.getRawUserInfo().split(":", 2);
        String database = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
        return new PostgresServer(
                "jdbc:postgresql://" + uri.getHost() + ":" + (uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort()) + "/",
                database.isEmpty() ? "postgres" : database,
                decode(login[0]),
                login.length == 1 ? "" : decode(login[1]));
    }

    /// Starts a server that forgets everything when this JVM ends, and so need not wait for a disk.
    static PostgresServer startEmbedded() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("max_connections", "200")
                    .setPGStartupWait(Duration.ofSeconds(30))
                    .start();
            // The library stops the server when the JVM ends.
            return new PostgresServer(
                    "jdbc:postgresql://localhost:" + server.getPort() + "/", "postgres", "postgres", "postgres");
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "The embedded PostgreSQL did not start. PostgreSQL refuses to run as root, so as root it needs"
                            + " `unshare` and permission to make user namespaces; else run the tests as another user"
                            + " (`setpriv --reuid=…`) or set TEST_DATABASE_URL to a server of your own.",
                    e);
        }
    }

    /// Starts a server as operators run it, its data in memory; it ends with this JVM.
    @SuppressWarnings("resource")
    static PostgresServer startContainer() {
        // Over TCP, because the server that only initializes the data listens on its socket alone.
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:17")
                .withCommand("postgres", "-c", "max_connections=200")
                .withTmpFs(Map.of("/var/lib/postgresql/data", "rw"))
                .waitingFor(Wait.forSuccessfulCommand("pg_isready --host 127.0.0.1"));
        container.start();
        return new PostgresServer(
                "jdbc:postgresql://" + container.getHost() + ":" + container.getFirstMappedPort() + "/",
                container.getDatabaseName(),
                container.getUsername(),
                container.getPassword());
    }

    String urlOf(String database) {
        return prefix + database;
    }

    void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(urlOf(maintenance), user, password);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
