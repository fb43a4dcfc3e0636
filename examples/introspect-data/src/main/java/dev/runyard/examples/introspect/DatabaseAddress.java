package dev.runyard.examples.introspect;

import dev.runyard.sdk.AbortTaskRunException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and how to log in. Its text never shows the password.
 *
 * @param host the server
 * @param port 5432 where the URL names none
 * @param database the database
 * @param user who logs in; the driver's default where it is absent
 * @param password the secret
 * @param parameters further driver settings, such as {@code sslmode}
 */
record DatabaseAddress(
        String host,
        int port,
        String database,
        @Nullable String user,
        @Nullable String password,
        Map<String, String> parameters) {
    private static final int DEFAULT_PORT = 5432;
    private static final String EXPECTED =
            "expected postgres://user:password@host:5432/database or jdbc:postgresql://host:5432/database?user=…";

    /**
     * Reads a URL.
     *
     * @throws AbortTaskRunException where it is none for PostgreSQL: another attempt would not change it
     */
    static DatabaseAddress parse(@Nullable String url) {
        if (url == null || url.isBlank()) {
            throw new AbortTaskRunException("The payload needs a \"url\": " + EXPECTED);
        }
        String plain = url.strip();
        if (plain.startsWith("jdbc:")) {
            plain = plain.substring("jdbc:".length());
        }
        if (!plain.startsWith("postgresql://") && !plain.startsWith("postgres://")) {
            throw new AbortTaskRunException("The \"url\" is not one of PostgreSQL: " + EXPECTED);
        }
        try {
            return of(new URI(plain));
        } catch (URISyntaxException | IllegalArgumentException e) {
            // The parser's own message would repeat the URL, and with it the password.
            throw new AbortTaskRunException(
                    "The \"url\" is malformed; a password with special characters must be percent-encoded: "
                            + EXPECTED);
        }
    }

    private static DatabaseAddress of(URI uri) {
        Map<String, String> parameters = parameters(uri.getRawQuery());
        String host = uri.getHost();
        String path = uri.getPath();
        if (host == null || path == null || path.length() < 2) {
            throw new AbortTaskRunException("The \"url\" names no host or no database: " + EXPECTED);
        }
        String login = uri.getRawUserInfo();
        int colon = login == null ? -1 : login.indexOf(':');
        String user = login == null ? null : decode(colon < 0 ? login : login.substring(0, colon));
        String password = login == null || colon < 0 ? null : decode(login.substring(colon + 1));
        String userParameter = parameters.remove("user");
        String passwordParameter = parameters.remove("password");
        return new DatabaseAddress(
                host,
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                path.substring(1),
                user == null ? userParameter : user,
                password == null ? passwordParameter : password,
                parameters);
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/"
                + java.net.URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query != null) {
            for (String pair : query.split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
        }
        return parameters;
    }

    /** A plus sign stands for itself in a URL's login, unlike in a form. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return (user == null ? "" : user + "@") + host + ":" + port + "/" + database;
    }
}
