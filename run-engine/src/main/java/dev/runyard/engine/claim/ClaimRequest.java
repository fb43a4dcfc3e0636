package dev.runyard.engine.claim;

import java.time.Duration;

/// A supervisor asks for work.
///
/// @param workerQueue which queue it serves
/// @param worker its name
/// @param maxRuns most runs to hand out, at least 1
/// @param patience how long the call may wait while there is none
public record ClaimRequest(String workerQueue, String worker, int maxRuns, Duration patience) {}
