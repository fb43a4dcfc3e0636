package dev.runyard.webapp.dashboard;

/// The address names something that does not exist, or that does not belong to the environment named before
/// it. Both look the same to the caller.
public final class NotFound extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotFound(String what) {
        super("There is no such " + what + ".");
    }
}
