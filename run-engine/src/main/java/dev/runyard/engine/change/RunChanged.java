package dev.runyard.engine.change;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.RunStatus;

/// A run changed: a hint to look at it again, delivered at most once to each webapp.
///
/// @param environmentId where it belongs
/// @param runId the run
/// @param version its newest version, or an older one where hints overtook each other
/// @param status what users see
public record RunChanged(EnvironmentId environmentId, RunId runId, int version, RunStatus status) {}
