package dev.runyard.engine.attempt;

/// Settings of attempts that do not end by themselves.
///
/// @param stallsAreOutOfMemory whether an attempt in a deployed environment whose worker fell silent counts as one that
///     ran out of memory: it is repeated on the larger machine that its task names for that, or not at all
public record AttemptConfig(boolean stallsAreOutOfMemory) {
    /// A silent worker is a lost worker; the attempt is repeated as it was.
    public static final AttemptConfig DEFAULT = new AttemptConfig(false);
}
