package dev.runyard.engine.queue;

import org.jspecify.annotations.Nullable;

/// Redis is away or is being rebuilt. Nothing is lost by it: the outbox holds what Redis did not hear.
public final class QueueUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public QueueUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
