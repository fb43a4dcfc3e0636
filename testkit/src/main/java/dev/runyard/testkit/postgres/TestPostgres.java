package dev.runyard.testkit.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.runyard.testkit.TestServers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/// One PostgreSQL server a JVM, started on first use: embedded, in a container, or the one that TEST_DATABASE_URL
/// names.
///
/// Every database is cloned from a template that was migrated once, which takes some 40 ms.
public final class TestPostgres {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Map<List<String>, String> TEMPLATES = new ConcurrentHashMap<>();
    private static @Nullable PostgresServer server;

    private TestPostgres() {}

    /// Makes a fresh database with the migrations of these locations, such as `classpath:db/migration/engine`.
    public static TestDatabase create(String... flywayLocations) {
        PostgresServer postgres = server();
        String template =
                TEMPLATES.computeIfAbsent(List.of(flywayLocations), locations -> migratedTemplate(postgres, locations));
        String name = nextName("db");
        postgres.execute("create database " + name + " template " + template);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.urlOf(name));
        config.setUsername(postgres.user());
        config.setPassword(postgres.password());
        config.setMaximumPoolSize(16);
        config.setMinimumIdle(0);
        // Neither UTC nor the JVM's zone, so that code which relies on either fails.
        config.setConnectionInitSql("set time zone 'America/Los_Angeles'");
        return new TestDatabase(
                postgres.urlOf(name),
                postgres.user(),
                postgres.password(),
                new HikariDataSource(config),
                () -> postgres.execute("drop database if exists " + name + " with (force)"));
    }

    private static String migratedTemplate(PostgresServer postgres, List<String> locations) {
        String name = nextName("template");
        postgres.execute("create database " + name);
        if (!locations.isEmpty()) {
            Flyway.configure()
                    .dataSource(postgres.urlOf(name), postgres.user(), postgres.password())
                    .locations(locations.toArray(String[]::new))
                    .load()
                    .migrate();
        }
        return name;
    }

    private static String nextName(String kind) {
        return "runyard_test_" + kind + "_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
    }

    private static synchronized PostgresServer server() {
        if (server == null) {
            server = find();
            Runtime.getRuntime().addShutdownHook(new Thread(TestPostgres::dropTemplates));
        }
        return server;
    }

    private static PostgresServer find() {
        String given = System.getenv("TEST_DATABASE_URL");
        if (given != null && !given.isBlank()) {
            return PostgresServer.parse(given);
        }
        return TestServers.inContainers() ? PostgresServer.startContainer() : PostgresServer.startEmbedded();
    }

    /// Leaves nothing behind on a server that outlives this JVM; an embedded one may be gone already.
    private static void dropTemplates() {
        PostgresServer postgres = server;
        if (postgres == null || System.getenv("TEST_DATABASE_URL") == null) {
            return;
        }
        TEMPLATES.values().forEach(name -> postgres.execute("drop database if exists " + name));
    }
}
