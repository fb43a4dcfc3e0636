package dev.runyard.sdk.run;

import org.jspecify.annotations.Nullable;

/**
 * How the wait for a token ended.
 *
 * @param <T> what the token was completed with
 */
public sealed interface TokenResult<T extends @Nullable Object> {

    /**
     * Returns what the token was completed with.
     *
     * @throws TokenTimeoutException where nobody completed it in time
     */
    default T outputOrThrow() {
        return switch (this) {
            case Completed<T> completed -> completed.output();
            case TimedOut<T> timedOut -> throw new TokenTimeoutException(timedOut.message());
        };
    }

    /**
     * Somebody completed it.
     *
     * @param output with what
     */
    record Completed<T extends @Nullable Object>(T output) implements TokenResult<T> {}

    /**
     * Nobody completed it in time.
     *
     * @param message the sentence for people
     */
    record TimedOut<T extends @Nullable Object>(String message) implements TokenResult<T> {}
}
