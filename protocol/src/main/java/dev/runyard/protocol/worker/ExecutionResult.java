package dev.runyard.protocol.worker;

/**
 * A snapshot with its run.
 *
 * @param snapshot the newest version
 * @param run its run
 */
public record ExecutionResult(ExecutionSnapshot snapshot, RunMetadata run) {}
