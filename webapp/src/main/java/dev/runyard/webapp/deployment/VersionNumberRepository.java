package dev.runyard.webapp.deployment;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Hands out version numbers such as `20261121.1`: the day in UTC and a count per environment and day.
@Repository
class VersionNumberRepository {
    private final JdbcClient jdbc;

    VersionNumberRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Takes the next number; callers of one environment queue up on the counter's row until the taker's transaction
    /// ends.
    String next(UUID environment, LocalDate day) {
        int number = jdbc.sql("""
                insert into version_counter as counter (environment_id, day, last_number)
                values (:environment, :day, 1)
                on conflict (environment_id, day) do update set last_number = counter.last_number + 1
                returning last_number
                """)
                .param("environment", environment)
                .param("day", day)
                .query(Integer.class)
                .single();
        return DateTimeFormatter.BASIC_ISO_DATE.format(day) + "." + number;
    }
}
