package dev.runyard.sdk.discovery;

import org.jspecify.annotations.Nullable;

/** Tasks that cannot be used; the message names every place and what is wrong there. */
public final class TaskDiscoveryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TaskDiscoveryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
