package dev.runyard.webapp.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.testkit.postgres.TestDatabase;
import dev.runyard.testkit.postgres.TestPostgres;
import dev.runyard.testkit.redis.TestRedis;
import dev.runyard.webapp.WebApplication;
import dev.runyard.webapp.testing.Http;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Starts of whole servers.
class BootstrapTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final TestDatabase database =
            TestPostgres.create("classpath:db/migration/engine", "classpath:db/migration/webapp");
    private final List<AutoCloseable> open = new ArrayList<>(List.of(database));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void setsUpOnceWhenTwoServersStartAtOnce() throws Exception {
        try (ExecutorService starters = Executors.newFixedThreadPool(2)) {
            Future<ConfigurableApplicationContext> one = starters.submit(() -> start("one", TestRedis.shared()));
            Future<ConfigurableApplicationContext> two = starters.submit(() -> start("one", TestRedis.shared()));
            open.addAll(List.of(one.get(), two.get()));

            assertThat(count("organization")).isEqualTo(1);
            assertThat(count("project")).isEqualTo(1);
            assertThat(count("environment")).isEqualTo(4);
            assertThat(count("worker_group")).isEqualTo(1);
            assertThat(secretKey("one", "prod")).matches("tr_prod_[0-9A-Za-z]{24}");
            assertThat(whoAmI(one.get())).isEqualTo("prod");
            assertThat(whoAmI(two.get())).isEqualTo("prod");
        }
    }

    @Test
    void findsEverythingAgain() throws IOException {
        start("one", TestRedis.shared()).close();
        String key = secretKey("one", "prod");
        String token = Files.readString(folder.resolve("one/worker-token"));
        String encryptionKey = Files.readString(folder.resolve("one/encryption.key"));
        Files.delete(folder.resolve("one/secrets.json"));

        start("one", TestRedis.shared()).close();

        assertThat(secretKey("one", "prod")).isEqualTo(key);
        assertThat(Files.readString(folder.resolve("one/worker-token")))
                .isEqualTo(token)
                .matches("tr_wgt_\\w{40}");
        assertThat(Files.readString(folder.resolve("one/encryption.key"))).isEqualTo(encryptionKey);
        assertThat(count("worker_group_token")).isEqualTo(1);
        for (String file : List.of("worker-token", "secrets.json", "encryption.key")) {
            assertThat(Files.getPosixFilePermissions(folder.resolve("one").resolve(file)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void makesANewTokenWhereTheFileWasLost() throws IOException {
        start("one", TestRedis.shared()).close();
        Path file = folder.resolve("one/worker-token");
        String token = Files.readString(file);
        Files.delete(file);

        start("one", TestRedis.shared()).close();

        assertThat(Files.readString(file)).isNotEqualTo(token);
        assertThat(count("worker_group_token")).isEqualTo(2);
    }

    @Test
    void doesNotStartWithAnotherEncryptionKey() {
        start("one", TestRedis.shared()).close();

        assertThatThrownBy(() -> start("two", TestRedis.shared()))
                .hasStackTraceContaining("neither RUNYARD_ENCRYPTION_KEY nor among RUNYARD_OTHER_ENCRYPTION_KEYS: key ")
                .hasStackTraceContaining("(4 keys of environments)");
    }

    @Test
    void saysHowToMakeAnEncryptionKey() {
        assertThatThrownBy(() -> start("one", TestRedis.shared(), "--runyard.bootstrap.enabled=false"))
                .hasStackTraceContaining("No encryption key is set");
    }

    @Test
    void staysReadyWithoutRedis() {
        TestRedis redis = TestRedis.start();
        open.add(redis);
        ConfigurableApplicationContext server = start("one", redis);
        open.add(server);

        redis.kill();

        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            Http.Answer ready = http(server).get("/health/ready");
            assertThat(ready.status()).isEqualTo(200);
            assertThat(ready.json().path("status").asString()).isEqualTo("degraded");
        });
        assertThat(http(server)
                        .with("authorization", "Bearer " + secretKey("one", "prod"))
                        .postText("/api/v1/tasks/t/trigger", "{}")
                        .status())
                .isEqualTo(200);
    }

    private ConfigurableApplicationContext start(String dataDir, TestRedis redis, String... more) {
        Path data = folder.resolve(dataDir);
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.datasource.hikari.maximum-pool-size=10",
                "--runyard.redis.url=" + redis.uri(),
                "--runyard.engine.redis-key-prefix={" + folder.getFileName() + "}:",
                "--runyard.data-dir=" + data,
                "--runyard.bootstrap.worker-token-path=" + data.resolve("worker-token"),
                "--runyard.bootstrap.secrets-path=" + data.resolve("secrets.json")));
        arguments.addAll(more.length == 0 ? List.of("--runyard.bootstrap.enabled=true") : List.of(more));
        return new SpringApplicationBuilder(WebApplication.class).run(arguments.toArray(String[]::new));
    }

    private String whoAmI(ConfigurableApplicationContext server) {
        return http(server)
                .with("authorization", "Bearer " + secretKey("one", "prod"))
                .get("/api/v1/whoami")
                .json()
                .path("slug")
                .asString();
    }

    private static Http http(ConfigurableApplicationContext server) {
        return Http.anonymous("http://localhost:" + server.getEnvironment().getProperty("local.server.port"));
    }

    private String secretKey(String dataDir, String slug) {
        return JsonMapper.shared()
                .readTree(folder.resolve(dataDir).resolve("secrets.json").toFile())
                .path("environments")
                .path(slug)
                .path("secretKey")
                .asString();
    }

    private int count(String table) {
        return JdbcClient.create(database.dataSource())
                .sql("select count(*) from " + table)
                .query(Integer.class)
                .single();
    }
}
