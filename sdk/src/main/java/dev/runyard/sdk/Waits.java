package dev.runyard.sdk;

import dev.runyard.sdk.run.TokenOptions;
import dev.runyard.sdk.run.TokenResult;
import dev.runyard.sdk.run.WaitToken;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Lets a run wait. Its place in the queue goes to others meanwhile, and the wait does not count towards its maximum
 * duration; only waits of up to 5 seconds are plain sleep.
 */
public interface Waits {

    /** Waits for a while. */
    void waitFor(Duration duration);

    /** Waits until a moment; returns at once where it has passed. */
    void waitUntil(Instant moment);

    /** Makes a token that a run can wait for. */
    WaitToken createToken(TokenOptions options);

    /** Waits until somebody completes a token, or it times out. */
    <T extends @Nullable Object> TokenResult<T> waitForToken(String tokenId, Class<T> type);

    /** Waits until somebody completes a token, or it times out, where the type has parameters. */
    <T extends @Nullable Object> TokenResult<T> waitForToken(String tokenId, TypeReference<T> type);

    /** Completes a token; the first output wins. */
    void completeToken(String tokenId, @Nullable Object output);
}
