package dev.runyard.testkit.postgres;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/// A database of a test's own. It is dropped when it is closed.
///
/// @param jdbcUrl how to reach it
/// @param user its owner
/// @param password the owner's
/// @param pool connections whose session time zone is neither UTC nor the JVM's
/// @param drop removes it from the server
public record TestDatabase(String jdbcUrl, String user, String password, HikariDataSource pool, Runnable drop)
        implements AutoCloseable {

    public DataSource dataSource() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
        drop.run();
    }
}
