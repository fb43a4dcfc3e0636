package dev.runyard.supervisor.config;

/// A setting that must not appear in a log.
public record Secret(String value) {
    public static Secret of(String value) {
        return new Secret(value);
    }

    @Override
    public String toString() {
        return "***";
    }
}
