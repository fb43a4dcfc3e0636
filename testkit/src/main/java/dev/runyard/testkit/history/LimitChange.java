package dev.runyard.testkit.history;

/// A ceiling that holds from some moment on.
///
/// @param scope environment and queue, and the concurrency key where there is one, each behind a blank
/// @param limit most executions at once
/// @param from when the server acknowledged it, on the clock of the witnesses
public record LimitChange(String scope, int limit, long from) {}
