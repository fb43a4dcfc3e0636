package dev.runyard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.testkit.postgres.TestDatabase;
import dev.runyard.testkit.postgres.TestPostgres;
import dev.runyard.testkit.redis.TestRedis;
import dev.runyard.testkit.time.SettableClock;
import io.lettuce.core.RedisClient;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TestServersTest {
    @Test
    void givesEachCallerADatabaseOfItsOwn() throws SQLException {
        try (TestDatabase first = TestPostgres.create("classpath:none");
                TestDatabase second = TestPostgres.create("classpath:none")) {
            assertThat(first.jdbcUrl()).isNotEqualTo(second.jdbcUrl());
            try (Connection connection = first.dataSource().getConnection();
                    ResultSet zone = connection.createStatement().executeQuery("show time zone")) {
                assertThat(zone.next()).isTrue();
                assertThat(zone.getString(1)).isEqualTo("America/Los_Angeles");
            }
        }
    }

    @Test
    void revivesAKilledRedisOnItsPortAndEmpty() {
        try (TestRedis redis = TestRedis.start();
                RedisClient client = RedisClient.create(redis.uri())) {
            try (var connection = client.connect()) {
                connection.sync().set("key", "value");
            }
            redis.kill();
            redis.revive();
            try (var connection = client.connect()) {
                assertThat(connection.sync().get("key")).isNull();
            }
        }
    }

    @Test
    void movesItsClockOnlyWhenTold() {
        SettableClock clock = new SettableClock(Instant.EPOCH);
        clock.advance(Duration.ofSeconds(5));
        assertThat(clock.instant()).isEqualTo(Instant.ofEpochSecond(5));
    }
}
