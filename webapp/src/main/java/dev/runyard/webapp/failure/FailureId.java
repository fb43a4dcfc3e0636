package dev.runyard.webapp.failure;

import dev.runyard.engine.read.RunFilter;
import java.util.Optional;
import java.util.regex.Pattern;

/// The public name of a kind of failure: `error_` and its fingerprint.
///
/// @param fingerprint equal for failures of one kind
public record FailureId(String fingerprint) {
    static final String LIST = "failure";
    private static final String PREFIX = "error_";
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");

    /// Reads a public name; empty where it is none.
    public static Optional<FailureId> parse(String text) {
        String fingerprint = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "";
        return FINGERPRINT.matcher(fingerprint).matches() ? Optional.of(new FailureId(fingerprint)) : Optional.empty();
    }

    /// The list of the runs that failed so.
    public RunFilter.Listed runs() {
        return new RunFilter.Listed(LIST, fingerprint);
    }

    @Override
    public String toString() {
        return PREFIX + fingerprint;
    }
}
