package dev.runyard.sdk.client;

import dev.runyard.sdk.internal.CurrentRun;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the server is and how to call it. Its text does not show the key.
 *
 * @param url address of the server, such as {@code https://runyard.example.com}
 * @param secretKey key of an environment, {@code tr_prod_…}
 * @param timeout how long one try of a call may take
 * @param maxAttempts tries of a call in total
 */
public record ClientConfig(URI url, String secretKey, Duration timeout, int maxAttempts) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);
    private static final int DEFAULT_ATTEMPTS = 5;
    private static final String DEFAULT_URL = "http://localhost:3030";

    public ClientConfig {
        if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
            throw new IllegalArgumentException("the server's address begins with http:// or https://: " + url);
        }
        if (secretKey.isBlank()) {
            throw new IllegalArgumentException("the secret key is empty");
        }
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("a call has at least 1 attempt, not " + maxAttempts);
        }
    }

    /** Uses the defaults: one minute per try, five tries. */
    public static ClientConfig of(String url, String secretKey) {
        return new ClientConfig(URI.create(url), secretKey, DEFAULT_TIMEOUT, DEFAULT_ATTEMPTS);
    }

    /**
     * Reads {@code TRIGGER_API_URL} (or {@code RUNYARD_URL}; {@code http://localhost:3030} where both are absent) and
     * {@code TRIGGER_SECRET_KEY} (or {@code RUNYARD_SECRET_KEY}). Inside of a task they are set to the run's own
     * environment.
     *
     * @throws IllegalStateException where there is no key
     */
    public static ClientConfig fromEnvironment() {
        String url = either("TRIGGER_API_URL", "RUNYARD_URL");
        String key = either("TRIGGER_SECRET_KEY", "RUNYARD_SECRET_KEY");
        if (key == null) {
            throw new IllegalStateException(
                    "Set TRIGGER_SECRET_KEY to the secret key of an environment; the dashboard shows it");
        }
        return of(url == null ? DEFAULT_URL : url, key);
    }

    /** The same with another number of tries. */
    public ClientConfig withMaxAttempts(int attempts) {
        return new ClientConfig(url, secretKey, timeout, attempts);
    }

    /** The same with another limit of one try. */
    public ClientConfig withTimeout(Duration newTimeout) {
        return new ClientConfig(url, secretKey, newTimeout, maxAttempts);
    }

    private static @Nullable String either(String name, String alias) {
        String value = CurrentRun.variable(name);
        String found = value == null || value.isBlank() ? CurrentRun.variable(alias) : value;
        return found == null || found.isBlank() ? null : found.strip();
    }

    @Override
    public String toString() {
        return "ClientConfig[url=%s, secretKey=***, timeout=%s, maxAttempts=%d]".formatted(url, timeout, maxAttempts);
    }
}
