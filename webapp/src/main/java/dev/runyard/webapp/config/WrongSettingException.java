package dev.runyard.webapp.config;

/// A setting with which the server must not start.
public final class WrongSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String action;

    /// @param description what is wrong
    /// @param action what the operator can do about it
    public WrongSettingException(String description, String action) {
        super(description);
        this.action = action;
    }

    String action() {
        return action;
    }
}
