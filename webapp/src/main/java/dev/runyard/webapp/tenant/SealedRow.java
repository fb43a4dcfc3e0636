package dev.runyard.webapp.tenant;

import java.util.List;

/// A row that holds sealed texts, all of the same key.
///
/// @param key of the row in its table
/// @param parts its sealed texts, always in the same order
public record SealedRow(List<Object> key, List<Part> parts) {
    /// One sealed text.
    ///
    /// @param owner what it belongs to
    /// @param text as it is stored
    public record Part(String owner, SealedText text) {}
}
