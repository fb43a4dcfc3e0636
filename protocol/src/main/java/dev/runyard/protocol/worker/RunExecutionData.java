package dev.runyard.protocol.worker;

import java.util.List;

/**
 * One element of a run's history as workers read it.
 *
 * @param version always {@code 1}
 * @param snapshot the version
 * @param run its run
 * @param completedWaitpoints what the run waited for and now may use
 */
public record RunExecutionData(
        String version, ExecutionSnapshot snapshot, RunMetadata run, List<CompletedWaitpoint> completedWaitpoints) {

    public static RunExecutionData of(ExecutionSnapshot snapshot, RunMetadata run) {
        return new RunExecutionData("1", snapshot, run, List.of());
    }

    /** The same version with what the run got from a wait. */
    public RunExecutionData with(List<CompletedWaitpoint> waitpoints) {
        return new RunExecutionData(version, snapshot, run, waitpoints);
    }
}
