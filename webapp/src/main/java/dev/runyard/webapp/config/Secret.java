package dev.runyard.webapp.config;

/// A value that must not be printed.
///
/// @param value what is secret
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
