package dev.runyard.testkit.history;

import java.time.Instant;

/// A run that a schedule made.
///
/// @param schedule the schedule's instance
/// @param nominal the time that it stands for
/// @param run the run
public record Tick(String schedule, Instant nominal, String run) {}
