package dev.runyard.sdk.run;

/** A token that nobody completed in time, where the caller asked for its output only. */
public final class TokenTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TokenTimeoutException(String message) {
        super(message);
    }
}
