package dev.runyard.engine.waitpoint;

import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.store.Transactions;
import java.time.InstantSource;
import java.util.UUID;

/// Completes a waitpoint and moves the runs that waited for nothing else, in one transaction.
///
/// The edges are read by a statement of their own after the waitpoint's row is changed: whoever adds an edge holds that
/// row shared, so each edge is either seen here or was written with the completion in view.
public final class SettleWaitpoint {
    private final WaitpointRepository waitpoints;
    private final EdgeRepository edges;
    private final ResumeRuns resume;
    private final Transactions transactions;
    private final SyncPoints syncPoints;
    private final InstantSource clock;

    SettleWaitpoint(
            WaitpointRepository waitpoints,
            EdgeRepository edges,
            ResumeRuns resume,
            Transactions transactions,
            SyncPoints syncPoints,
            InstantSource clock) {
        this.waitpoints = waitpoints;
        this.edges = edges;
        this.resume = resume;
        this.transactions = transactions;
        this.syncPoints = syncPoints;
        this.clock = clock;
    }

    /// Completes it unless it is completed; whoever comes first gives the output.
    ///
    /// @return whether this call completed it
    public boolean settle(UUID id, WaitpointOutput output) {
        return transactions.execute(() -> {
            if (!waitpoints.complete(id, output, clock.instant())) {
                return false;
            }
            syncPoints.reach(SyncPoint.WAITPOINT_COMPLETED);
            resume.resolved(edges.resolve(id));
            syncPoints.reach(SyncPoint.WAITS_RESOLVED);
            return true;
        });
    }
}
