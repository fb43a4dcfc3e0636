package dev.runyard.supervisor.config;

/// When an image is fetched from its registry.
public enum PullPolicy {
    MISSING,
    NEVER,
    ALWAYS
}
