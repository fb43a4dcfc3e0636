package dev.runyard.protocol.worker;

import java.util.List;

/**
 * Answer of {@code GET …/snapshots/since/{snapshot}}.
 *
 * @param snapshots newer versions in ascending order, at most the newest 50
 */
public record SnapshotsSinceResponse(List<RunExecutionData> snapshots) {}
