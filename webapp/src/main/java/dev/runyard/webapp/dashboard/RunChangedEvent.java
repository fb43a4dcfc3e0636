package dev.runyard.webapp.dashboard;

import dev.runyard.protocol.id.RunId;
import java.time.Instant;

/// Tells the page that a run changed.
///
/// @param id the run
/// @param status in the words of the public API
/// @param snapshotVersion version of its state: a smaller one is older
/// @param taskId its task
/// @param createdAt when it was triggered
record RunChangedEvent(RunId id, String status, int snapshotVersion, String taskId, Instant createdAt) {}
