package dev.runyard.webapp.auth;

/// The caller is known but has no right to what it asks for; answered with 403.
public final class NotPermittedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotPermittedException() {
        super("Unauthorized", null, false, false);
    }
}
