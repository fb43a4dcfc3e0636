package dev.runyard.sdk.run;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a token is made with.
 *
 * @param timeout after what time a wait for it ends without a result; absent means never
 * @param idempotencyKey a repeated call with the same key returns the same token
 * @param tags labels, at most 10
 */
public record TokenOptions(
        @Nullable Duration timeout, @Nullable String idempotencyKey, List<String> tags) {
    public TokenOptions {
        tags = List.copyOf(tags);
        if (timeout != null && timeout.toSeconds() < 1) {
            throw new IllegalArgumentException("a token's timeout is at least 1 second, not " + timeout);
        }
    }

    /** A token that never times out. */
    public static TokenOptions none() {
        return new TokenOptions(null, null, List.of());
    }

    /** A token that times out. */
    public static TokenOptions timeout(Duration timeout) {
        return new TokenOptions(timeout, null, List.of());
    }

    /** The same with a key. */
    public TokenOptions withIdempotencyKey(String key) {
        return new TokenOptions(timeout, key, tags);
    }

    /** The same with labels. */
    public TokenOptions withTags(String... labels) {
        return new TokenOptions(timeout, idempotencyKey, List.of(labels));
    }
}
