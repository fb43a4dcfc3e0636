package dev.runyard.engine.claim;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A supervisor asks for work.
///
/// @param workerQueue which queue it serves
/// @param worker its name
/// @param maxRuns most runs to hand out, at least 1
/// @param patience how long the call may wait while there is none
/// @param startAs name of a warm runner that starts the attempts in the same step; absent where runners start them
/// later
public record ClaimRequest(
        String workerQueue,
        String worker,
        int maxRuns,
        Duration patience,
        @Nullable String startAs) {

    public ClaimRequest(String workerQueue, String worker, int maxRuns, Duration patience) {
        this(workerQueue, worker, maxRuns, patience, null);
    }
}
