package dev.runyard.testkit.history;

/// One thing that a run waits or waited for.
///
/// @param run the run that waits
/// @param round which of its waits, counted from 1; the highest is the newest
/// @param waitpoint what it waits for
/// @param isCompleted whether that happened
/// @param isResolved whether the run was told
public record WaitRow(String run, int round, String waitpoint, boolean isCompleted, boolean isResolved) {}
