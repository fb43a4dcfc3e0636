package dev.runyard.examples.introspect;

import dev.runyard.sdk.AbortTaskRunException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;

/** Connects to a database, and says clearly why not where that fails. */
final class OpenDatabase {
    private static final String CONNECT_TIMEOUT_SECONDS = "10";
    private static final String SOCKET_TIMEOUT_SECONDS = "120";

    /** Wrong login, no permission, no such database: the same tomorrow. */
    private static final Set<String> HOPELESS = Set.of("28P01", "28000", "42501", "3D000", "08004");

    /** What the user may set; anything else could make the driver load classes or write files. */
    private static final Set<String> ALLOWED_PARAMETERS =
            Set.of("sslmode", "ssl", "sslrootcert", "options", "ApplicationName", "gssEncMode", "channelBinding");

    private OpenDatabase() {}

    static Connection open(DatabaseAddress address) throws SQLException {
        Properties properties = new Properties();
        address.parameters().forEach((name, value) -> {
            if (ALLOWED_PARAMETERS.contains(name)) {
                properties.setProperty(name, value);
            }
        });
        if (address.user() != null) {
            properties.setProperty("user", address.user());
        }
        if (address.password() != null) {
            properties.setProperty("password", address.password());
        }
        properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_TIMEOUT_SECONDS);
        properties.setProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
        properties.putIfAbsent("ApplicationName", "runyard introspect-data");
        properties.setProperty("readOnly", "true");
        try {
            return DriverManager.getConnection(address.jdbcUrl(), properties);
        } catch (SQLException e) {
            throw explain(address, e);
        }
    }

    /** The driver's message names the user at most, never the password. */
    private static SQLException explain(DatabaseAddress address, SQLException e) {
        String message = "Cannot connect to " + address + ": " + e.getMessage();
        if (HOPELESS.contains(String.valueOf(e.getSQLState()))) {
            throw new AbortTaskRunException(message);
        }
        return new SQLException(message, e.getSQLState(), e);
    }
}
