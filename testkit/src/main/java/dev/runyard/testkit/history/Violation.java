package dev.runyard.testkit.history;

import java.util.List;

/// A rule that a history breaks, with the smallest witness of it.
///
/// @param rule number of the rule
/// @param what what is wrong
/// @param timeline what happened to the run concerned
public record Violation(String rule, String what, List<String> timeline) {
    public Violation {
        timeline = List.copyOf(timeline);
    }

    @Override
    public String toString() {
        return rule + ": " + what + (timeline.isEmpty() ? "" : "\n    " + String.join("\n    ", timeline));
    }
}
