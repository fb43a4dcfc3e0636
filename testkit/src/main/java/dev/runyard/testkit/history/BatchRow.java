package dev.runyard.testkit.history;

import java.util.List;

/// A batch at the end.
///
/// @param batch its id
/// @param accepted how many items were acknowledged
/// @param failedItems how many of them could not become runs
/// @param runs the runs that its items became
/// @param completions how often it was completed
public record BatchRow(String batch, int accepted, int failedItems, List<String> runs, int completions) {
    public BatchRow {
        runs = List.copyOf(runs);
    }
}
