package dev.runyard.testkit.history;

/// A cancellation that the server acknowledged.
///
/// @param run the run
/// @param returnedAt when, on the clock of the witnesses
public record CancelCall(String run, long returnedAt) {}
