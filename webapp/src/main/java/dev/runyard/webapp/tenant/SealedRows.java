package dev.runyard.webapp.tenant;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A table that holds sealed texts. Whoever stores such texts provides one of these: without it a change
/// of the encryption key would leave them behind, unreadable.
public interface SealedRows {
    /// Says what the rows are, in the plural.
    String what();

    /// Counts the rows by the id of the key that sealed them.
    Map<String, Integer> countByKey();

    /// Locks rows that another key than this sealed, in the order of their keys, and leaves out what
    /// somebody else has locked.
    ///
    /// @param keyId of the key whose rows are left alone
    /// @param after where to go on, absent for the beginning
    /// @param limit of rows
    List<SealedRow> lockOthers(String keyId, @Nullable SealedRow after, int limit);

    /// Writes other texts in place of a row's parts.
    void replace(SealedRow row, List<SealedText> texts);
}
