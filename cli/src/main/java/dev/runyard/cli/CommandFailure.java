package dev.runyard.cli;

/// A command could not do what was asked. The message is a sentence for the person at the terminal, with the way out.
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CommandFailure(String message) {
        super(message);
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
