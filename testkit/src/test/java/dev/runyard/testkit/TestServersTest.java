package dev.runyard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.testkit.postgres.TestDatabase;
import dev.runyard.testkit.postgres.TestPostgres;
import dev.runyard.testkit.redis.TestRedis;
import dev.runyard.testkit.time.SettableClock;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestServersTest {
    @Test
    void givesEachCallerAMigratedDatabaseOfItsOwn() throws SQLException {
        try (TestDatabase first = TestPostgres.create("classpath:db/sample");
                TestDatabase second = TestPostgres.create("classpath:db/sample")) {
            assertThat(first.jdbcUrl()).isNotEqualTo(second.jdbcUrl());
            assertThat(query(first, "insert into sample values ('a') returning name"))
                    .isEqualTo("a");
            assertThat(query(second, "select count(*) from sample")).isEqualTo("0");
            assertThat(query(first, "show time zone")).isEqualTo("America/Los_Angeles");
        }
    }

    @Test
    void dropsADatabaseThatIsClosed() {
        TestDatabase database = TestPostgres.create();
        database.close();
        assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())
                        .close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void revivesAKilledRedisOnItsPortAndEmpty() {
        try (TestRedis redis = TestRedis.start()) {
            ask(redis, commands -> commands.set("key", "value"));
            redis.kill();
            redis.revive();
            assertThat(ask(redis, commands -> commands.get("key"))).isNull();
        }
    }

    @Test
    void keepsTheKeysOfARedisWithALog(@TempDir Path folder) {
        try (TestRedis redis = TestRedis.start(folder)) {
            ask(redis, commands -> commands.set("key", "value"));
            redis.kill();
            redis.revive();
            assertThat(ask(redis, commands -> commands.get("key"))).isEqualTo("value");
        }
    }

    @Test
    void flushesARedis() {
        try (TestRedis redis = TestRedis.start()) {
            ask(redis, commands -> commands.set("key", "value"));
            redis.flush();
            assertThat(ask(redis, commands -> commands.get("key"))).isNull();
        }
    }

    @Test
    void movesItsClockOnlyWhenTold() {
        SettableClock clock = new SettableClock(Instant.EPOCH);
        clock.advance(Duration.ofSeconds(5));
        assertThat(clock.instant()).isEqualTo(Instant.ofEpochSecond(5));
    }

    private static @Nullable String ask(
            TestRedis redis, Function<RedisCommands<String, String>, @Nullable String> question) {
        try (RedisClient client = RedisClient.create(redis.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return question.apply(connection.sync());
        }
    }

    private static String query(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
