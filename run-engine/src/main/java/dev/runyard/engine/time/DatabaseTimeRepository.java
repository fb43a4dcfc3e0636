package dev.runyard.engine.time;

import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Asks the database for the time.
final class DatabaseTimeRepository {
    private final JdbcClient jdbc;

    DatabaseTimeRepository(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    Instant now() {
        return jdbc.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }
}
