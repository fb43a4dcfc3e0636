package dev.runyard.runner.index;

/** A bundle that cannot be deployed; the message is for its author. */
public final class IndexingException extends Exception {
    private static final long serialVersionUID = 1;

    IndexingException(String message) {
        super(message);
    }
}
