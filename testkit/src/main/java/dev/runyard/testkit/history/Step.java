package dev.runyard.testkit.history;

import java.time.Instant;
import java.util.Set;

/// One transition of a run.
///
/// @param run the run
/// @param version the version that it made
/// @param event what happened
/// @param execution where the run stood then
/// @param status what users saw then
/// @param attempt number of the newest attempt then
/// @param at when, by the clock of the engine
public record Step(String run, int version, String event, String execution, String status, int attempt, Instant at) {
    private static final Set<String> STARTS = Set.of("ATTEMPT_STARTED", "CLAIMED_AND_STARTED");

    boolean isStart() {
        return STARTS.contains(event);
    }

    boolean isEnd() {
        return execution.equals("FINISHED");
    }

    @Override
    public String toString() {
        return "v%d %s → %s/%s, attempt %d, %s".formatted(version, event, execution, status, attempt, at);
    }
}
