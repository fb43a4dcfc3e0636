package dev.runyard.engine.schedule;

/// What a look at an environment's timers of schedules found.
///
/// @param recovered timers that were missing and are there again
/// @param skipped timers that were there and were left alone
public record RecoverOutcome(int recovered, int skipped) {}
