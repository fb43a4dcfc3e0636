package dev.runyard.engine.retention;

import java.time.Instant;

/// Rows of a feature that end, grow old and belong to no month.
public interface OldRows {
    /// What they are called where it is counted how many were removed.
    String kind();

    /// Removes some of what ended before a time, in the caller's transaction.
    ///
    /// @param endedBefore what ended then or later stays
    /// @param limit rows to remove at most
    /// @return rows removed; fewer than the limit where none is left
    int removeSome(Instant endedBefore, int limit);
}
