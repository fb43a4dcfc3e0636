package dev.runyard.webapp.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.testkit.postgres.TestDatabase;
import dev.runyard.testkit.postgres.TestPostgres;
import dev.runyard.testkit.redis.TestRedis;
import dev.runyard.webapp.WebApplication;
import dev.runyard.webapp.auth.RunIdentity;
import dev.runyard.webapp.auth.RunTokens;
import dev.runyard.webapp.rotation.SealAnew.State;
import dev.runyard.webapp.session.Browser;
import dev.runyard.webapp.tenant.KeyRing;
import dev.runyard.webapp.tenant.Seal;
import dev.runyard.webapp.tenant.SealedText;
import dev.runyard.webapp.tenant.TenantDirectory;
import dev.runyard.webapp.tenant.TenantEnvironment;
import dev.runyard.webapp.testing.Http;
import dev.runyard.webapp.variable.EnvironmentVariables;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// Changes the encryption key of whole servers that share a database.
class SealAnewTest {
    private static final String FORMER = key(1);
    private static final String NEW = key(2);
    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final String PACKET = "/api/v2/packets/big%2Fpayload.json";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final TestDatabase database =
            TestPostgres.create("classpath:db/migration/engine", "classpath:db/migration/webapp");
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final List<AutoCloseable> open = new ArrayList<>(List.of(database));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    /// What a server with the former key gave out.
    private record Before(
            Http http, String formerSecretKey, String channel, JsonNode token, String packet, String runToken) {}

    @Test
    void changesTheKeyUnderTwoServers() throws Exception {
        ConfigurableApplicationContext first = start(FORMER, "");
        Before before = fill(first);
        assertThat(advance(first)).isEqualTo(State.ONE_KEY);
        String formerId = first.getBean(Seal.class).keyId();
        first.close();
        // As if another webapp were still there.
        noteUse(formerId, Instant.now().plus(Duration.ofHours(1)));

        ConfigurableApplicationContext one = start(NEW, FORMER);
        ConfigurableApplicationContext two = start(NEW, FORMER);
        open.addAll(List.of(one, two));
        Http caller = before.http().at(address(one));
        assertThat(advance(one)).isEqualTo(State.OTHERS_IN_USE);
        assertThat(sealedWith()).containsOnlyKeys(formerId);
        holdsWhatWasBefore(one, before);
        assertThat(caller.post(variables(), Map.of("name", "V_1", "value", "1b"))
                        .status())
                .isEqualTo(200);
        assertThat(sealedWith())
                .containsOnlyKeys(formerId, one.getBean(Seal.class).keyId());

        breakVariable("V_2");
        one.getBean(TransactionTemplate.class).executeWithoutResult(_ -> {
            one.getBean(JdbcClient.class)
                    .sql("select 1 from environment_variable where name = 'V_4' for update")
                    .query()
                    .singleRow();
            noteUse(formerId, Instant.now());
            await().until(() -> advance(two) == State.UNFINISHED);
        });
        await().until(() -> advance(one) == State.UNREADABLE && advance(two) == State.UNREADABLE);
        assertThat(sealedWith()).containsEntry(formerId, 1);

        assertThat(caller.post(variables(), Map.of("name", "V_2", "value", "2")).status())
                .isEqualTo(200);
        await().until(() -> advance(one) == State.SIGNED_BEFORE && advance(two) == State.SIGNED_BEFORE);
        assertThat(sealedWith()).containsOnlyKeys(one.getBean(Seal.class).keyId());
        holdsWhatWasBefore(two, before);

        String callback = URI.create(before.token().path("url").asString()).getRawPath();
        assertThat(Http.anonymous(address(two)).post(callback, Map.of("a", 1)).status())
                .isEqualTo(200);
        await().until(() -> advance(one) == State.FREE && advance(two) == State.FREE);
    }

    private Before fill(ConfigurableApplicationContext server) {
        TenantEnvironment prod = environment(server);
        Http http = Http.anonymous(address(server))
                .with("authorization", "Bearer " + prod.secretKey().value());
        for (int i = 1; i <= 5; i++) {
            http.post(variables(), Map.of("name", "V_" + i, "value", "" + i));
        }
        String channel = Browser.signIn(server, Http.anonymous(address(server)))
                .post(
                        "/api/dashboard/v1/environments/" + prod.id() + "/alerts",
                        Map.of("name", "Hook", "kind", "WEBHOOK", "target", "https://203.0.113.1/hook"))
                .json()
                .path("id")
                .asString();
        JsonNode token = http.post("/api/v1/waitpoints/tokens", Map.of()).json();
        String packet = http.putText(PACKET, "").json().path("presignedUrl").asString();
        RunId run = new RunId(new TimeOrderedIds(InstantSource.system()).next());
        String runToken = server.getBean(RunTokens.class).mint(new RunIdentity(run, prod.id()));
        String current = server.getBean(KeyRing.class)
                .rotate(prod.id(), Duration.ofHours(1))
                .value();
        return new Before(
                http.with("authorization", "Bearer " + current),
                prod.secretKey().value(),
                channel,
                token,
                packet,
                runToken);
    }

    private static void holdsWhatWasBefore(ConfigurableApplicationContext server, Before before) {
        TenantEnvironment prod = environment(server);
        assertThat(before.http().at(address(server)).get("/api/v1/whoami").status())
                .isEqualTo(200);
        assertThat(server.getBean(TenantDirectory.class).signingKeys(prod))
                .extracting(key -> key.value())
                .hasSize(2)
                .contains(before.formerSecretKey());
        assertThat(server.getBean(EnvironmentVariables.class).of(prod)).containsEntry("V_3", "3");
        assertThat(server.getBean(RunTokens.class).verify(before.runToken())).isPresent();
        URI packet = URI.create(before.packet());
        assertThat(Http.anonymous(address(server))
                        .putText(packet.getRawPath() + "?" + packet.getRawQuery(), "{\"json\":1}")
                        .status())
                .isEqualTo(200);
        assertThat(target(server, before.channel())).isEqualTo("https://203.0.113.1/hook");
    }

    private static String target(ConfigurableApplicationContext server, String channel) {
        SealedText sealed = server.getBean(JdbcClient.class)
                .sql("select target_sealed, target_sealed_with from alert_channel")
                .query((row, _) -> new SealedText(row.getBytes(1), row.getString(2)))
                .single();
        return server.getBean(Seal.class)
                .open(sealed, "alert-target:" + channel)
                .value();
    }

    private static TenantEnvironment environment(ConfigurableApplicationContext server) {
        return server.getBean(TenantDirectory.class).environments().stream()
                .filter(one -> one.slug().equals("prod"))
                .findFirst()
                .orElseThrow();
    }

    private static String variables() {
        return "/api/v1/projects/proj_runyarddefault00000/envvars/prod";
    }

    private static State advance(ConfigurableApplicationContext server) {
        return server.getBean(SealAnew.class).advance();
    }

    private Map<String, Integer> sealedWith() {
        return jdbc.sql("""
                        select key, count(*) as rows from (
                            select key_sealed_with as key from environment where key_sealed is not null
                            union all select key_sealed_with from retired_key
                            union all select value_sealed_with from environment_variable
                            union all select target_sealed_with from alert_channel) sealed
                        group by key
                        """).query((row, _) -> Map.entry(row.getString("key"), row.getInt("rows"))).list().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private void breakVariable(String name) {
        jdbc.sql(
                        "update environment_variable set value_sealed = set_byte(value_sealed, 12, 255 - get_byte(value_sealed, 12)) where name = ?")
                .param(name)
                .update();
    }

    private void noteUse(String keyId, Instant at) {
        jdbc.sql("update encryption_key_use set last_used_at = ? where key_id = ?")
                .param(at.atOffset(ZoneOffset.UTC))
                .param(keyId)
                .update();
    }

    private ConfigurableApplicationContext start(String key, String others) {
        return new SpringApplicationBuilder(WebApplication.class)
                .run(
                        "--server.port=0",
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.user(),
                        "--spring.datasource.password=" + database.password(),
                        "--spring.datasource.hikari.maximum-pool-size=10",
                        "--runyard.redis.url=" + TestRedis.shared().uri(),
                        "--runyard.engine.redis-key-prefix={" + folder.getFileName() + "}:",
                        "--runyard.encryption-key=" + key,
                        "--runyard.other-encryption-keys=" + others,
                        "--runyard.rotation.period=" + PERIOD.toMillis() + "ms",
                        "--runyard.rotation.reminder-period=1ms",
                        "--runyard.rotation.rows-at-once=2",
                        "--runyard.session.password-strength=4",
                        "--runyard.bootstrap.enabled=true",
                        "--runyard.data-dir=" + folder);
    }

    private static String address(ConfigurableApplicationContext server) {
        return "http://localhost:" + server.getEnvironment().getProperty("local.server.port");
    }

    private static String key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return Base64.getEncoder().encodeToString(key);
    }
}
