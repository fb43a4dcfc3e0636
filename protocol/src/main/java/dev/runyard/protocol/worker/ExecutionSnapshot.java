package dev.runyard.protocol.worker;

import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import java.time.Instant;

/**
 * A version of a run's state.
 *
 * @param id same as the friendly id
 * @param friendlyId the fencing token
 * @param executionStatus where the run stands
 * @param description what happened, for people
 * @param createdAt when
 */
public record ExecutionSnapshot(
        SnapshotId id, SnapshotId friendlyId, ExecutionStatus executionStatus, String description, Instant createdAt) {}
