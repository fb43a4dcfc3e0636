package dev.runyard.engine.bulk;

import dev.runyard.protocol.id.RunId;

/// A run to which a bulk action could do nothing.
///
/// @param run the run
/// @param reason why
public record BulkFailure(RunId run, String reason) {}
