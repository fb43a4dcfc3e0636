package dev.runyard.protocol.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One element of a run's history as workers read it.
 *
 * @param version always {@code 1}
 * @param snapshot the version
 * @param run its run
 * @param checkpoint what the run goes on from, where its process was stored; only with the newest element
 * @param completedWaitpoints what the run waited for and now may use
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunExecutionData(
        String version,
        ExecutionSnapshot snapshot,
        RunMetadata run,
        @Nullable Checkpoint checkpoint,
        List<CompletedWaitpoint> completedWaitpoints) {

    public static RunExecutionData of(ExecutionSnapshot snapshot, RunMetadata run) {
        return new RunExecutionData("1", snapshot, run, null, List.of());
    }

    /** The same version with what the run got from a wait. */
    public RunExecutionData with(List<CompletedWaitpoint> waitpoints) {
        return new RunExecutionData(version, snapshot, run, checkpoint, waitpoints);
    }

    /** The same version with what the run goes on from. */
    public RunExecutionData with(@Nullable Checkpoint stored) {
        return new RunExecutionData(version, snapshot, run, stored, completedWaitpoints);
    }
}
