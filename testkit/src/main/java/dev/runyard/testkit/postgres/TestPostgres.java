package dev.runyard.testkit.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/// One PostgreSQL server a JVM, started on first use: embedded, or the one that TEST_DATABASE_URL names.
///
/// Every database is cloned from a template that was migrated once, which takes some 40 ms.
public final class TestPostgres {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Map<List<String>, String> TEMPLATES = new ConcurrentHashMap<>();
    private static @Nullable String serverUrl;

    private TestPostgres() {}

    /// Makes a fresh database with the migrations of these locations, such as `classpath:db/migration/engine`.
    public static TestDatabase create(String... flywayLocations) {
        String template = TEMPLATES.computeIfAbsent(List.of(flywayLocations), TestPostgres::migratedTemplate);
        String name = nextName("db");
        execute("create database " + name + " template " + template);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(urlOf(name));
        config.setUsername("postgres");
        config.setPassword("postgres");
        config.setMaximumPoolSize(16);
        config.setMinimumIdle(0);
        config.setConnectionInitSql("set time zone 'America/Los_Angeles'");
        return new TestDatabase(urlOf(name), "postgres", "postgres", new HikariDataSource(config));
    }

    private static String migratedTemplate(List<String> locations) {
        String name = nextName("template");
        execute("create database " + name);
        Flyway.configure()
                .dataSource(urlOf(name), "postgres", "postgres")
                .locations(locations.toArray(String[]::new))
                .load()
                .migrate();
        return name;
    }

    private static String nextName(String kind) {
        return "runyard_test_" + kind + "_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
    }

    private static void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(urlOf("postgres"), "postgres", "postgres");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static String urlOf(String database) {
        return server() + database;
    }

    private static synchronized String server() {
        if (serverUrl == null) {
            String given = System.getenv("TEST_DATABASE_URL");
            serverUrl = given == null ? startEmbedded() : given.replaceAll("/[^/]*$", "/");
        }
        return serverUrl;
    }

    private static String startEmbedded() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("max_connections", "200")
                    .setPGStartupWait(Duration.ofSeconds(30))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    server.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            return "jdbc:postgresql://localhost:" + server.getPort() + "/";
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The embedded PostgreSQL did not start. As root it needs `unshare`; set TEST_DATABASE_URL to use a"
                            + " server of your own.",
                    e);
        }
    }
}
