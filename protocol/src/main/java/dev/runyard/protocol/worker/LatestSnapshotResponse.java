package dev.runyard.protocol.worker;

/**
 * Answer of {@code GET …/snapshots/latest}.
 *
 * @param execution the newest version
 */
public record LatestSnapshotResponse(RunExecutionData execution) {}
