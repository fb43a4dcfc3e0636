package dev.runyard.webapp.api.shared;

import dev.runyard.protocol.id.RunId;
import java.util.Optional;

/// Run ids as callers write them.
public final class RunIds {
    private RunIds() {}

    /// Reads an id; empty where no run can have it.
    public static Optional<RunId> parse(String text) {
        try {
            return Optional.of(RunId.parse(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
