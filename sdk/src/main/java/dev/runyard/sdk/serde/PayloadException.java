package dev.runyard.sdk.serde;

/** A payload or output that cannot be read or written; the message says what is wrong where. */
public final class PayloadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param message what is wrong where
     * @param cause what the JSON library said
     */
    public PayloadException(String message, Throwable cause) {
        super(message, cause);
    }

    /** @param message what is wrong */
    public PayloadException(String message) {
        super(message);
    }
}
