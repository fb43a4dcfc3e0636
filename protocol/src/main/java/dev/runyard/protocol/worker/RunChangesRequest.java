package dev.runyard.protocol.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /engine/v1/worker-actions/runs/changes}, a route of ours: one long poll tells a supervisor of
 * every run of its own that changed behind its back (canceled, timed out, requeued, finished).
 *
 * @param runs the runs that it watches, each with the newest version that it knows
 * @param timeoutMs how long the server may hold the call while nothing changed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunChangesRequest(
        List<Watched> runs, @Nullable Long timeoutMs) {

    /**
     * @param run the run
     * @param snapshot the newest version that the supervisor knows
     */
    public record Watched(RunId run, SnapshotId snapshot) {}
}
