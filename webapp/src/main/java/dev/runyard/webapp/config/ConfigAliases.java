package dev.runyard.webapp.config;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/// Translates the environment variables that operators know from the reference server, and database URLs as
/// hosters give them. A key of our own that is set wins over its alias.
final class ConfigAliases implements EnvironmentPostProcessor {
    private static final String SOURCE = "runyardAliases";
    private static final String OWN_DEFAULTS = "class path resource [application.yml]";
    private static final int REDIS_PORT = 6379;

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<String, Object> aliases = new LinkedHashMap<>();
        database(environment, aliases);
        redis(environment, aliases);
        alias(environment, aliases, "APP_ORIGIN", "runyard.app.origin");
        alias(environment, aliases, "ENCRYPTION_KEY", "runyard.encryption-key");
        alias(environment, aliases, "OTHER_ENCRYPTION_KEYS", "runyard.other-encryption-keys");
        alias(environment, aliases, "MANAGED_WORKER_SECRET", "runyard.auth.managed-worker-secret");
        alias(environment, aliases, "REMIX_APP_PORT", "server.port");
        alias(environment, aliases, "PORT", "server.port");
        if (!aliases.isEmpty()) {
            environment.getPropertySources().addFirst(new MapPropertySource(SOURCE, aliases));
        }
    }

    private static void alias(
            ConfigurableEnvironment environment, Map<String, Object> aliases, String name, String key) {
        String value = environment.getProperty(name);
        if (value != null && !value.isBlank() && !isSet(environment, key)) {
            aliases.put(key, value);
        }
    }

    /// Tells whether an operator set a key; the defaults inside this application do not count.
    private static boolean isSet(ConfigurableEnvironment environment, String key) {
        ConfigurationPropertyName name = ConfigurationPropertyName.of(key);
        return environment.getPropertySources().stream()
                .filter(source -> !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)
                        && !source.getName().contains(OWN_DEFAULTS))
                .map(ConfigurationPropertySource::from)
                .anyMatch(source -> source != null && source.getConfigurationProperty(name) != null);
    }

    private static void database(ConfigurableEnvironment environment, Map<String, Object> aliases) {
        String url = environment.getProperty("DATABASE_URL");
        if (url == null || url.isBlank() || isSet(environment, "spring.datasource.url")) {
            return;
        }
        if (url.startsWith("jdbc:")) {
            aliases.put("spring.datasource.url", url);
            return;
        }
        aliases.putAll(DatabaseUrl.parse(url).toProperties());
    }

    private static void redis(ConfigurableEnvironment environment, Map<String, Object> aliases) {
        if (isSet(environment, "runyard.redis.url")) {
            return;
        }
        String url = environment.getProperty("REDIS_URL");
        String host = environment.getProperty("REDIS_HOST");
        if (url != null && !url.isBlank()) {
            aliases.put("runyard.redis.url", url);
        } else if (host != null && !host.isBlank()) {
            aliases.put("runyard.redis.url", redisUrl(environment, host));
        }
    }

    private static String redisUrl(ConfigurableEnvironment environment, String host) {
        String password = environment.getProperty("REDIS_PASSWORD", "");
        String user = environment.getProperty("REDIS_USERNAME", "");
        boolean plain = environment.getProperty("REDIS_TLS_DISABLED", Boolean.class, true);
        String login = password.isEmpty() ? "" : encode(user) + ":" + encode(password) + "@";
        return (plain ? "redis://" : "rediss://") + login + host + ":"
                + environment.getProperty("REDIS_PORT", Integer.class, REDIS_PORT);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// A database as `postgres://user:password@host:port/name?options` gives it.
    record DatabaseUrl(
            String jdbcUrl, @Nullable String user, @Nullable String password) {

        static DatabaseUrl parse(String url) {
            URI uri = URI.create(url);
            if (uri.getHost() == null
                    || !("postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme()))) {
                throw new IllegalArgumentException(
                        "DATABASE_URL must begin with postgres://, postgresql:// or jdbc:postgresql:// and name a host");
            }
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            String jdbc = "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query;
            String login = uri.getRawUserInfo();
            if (login == null) {
                return new DatabaseUrl(jdbc, null, null);
            }
            int colon = login.indexOf(':');
            return colon < 0
                    ? new DatabaseUrl(jdbc, decode(login), null)
                    : new DatabaseUrl(jdbc, decode(login.substring(0, colon)), decode(login.substring(colon + 1)));
        }

        Map<String, Object> toProperties() {
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put("spring.datasource.url", jdbcUrl);
            if (user != null) {
                properties.put("spring.datasource.username", user);
            }
            if (password != null) {
                properties.put("spring.datasource.password", password);
            }
            return properties;
        }

        private static String decode(String text) {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return jdbcUrl.replaceAll("\\?.*", "");
        }
    }
}
