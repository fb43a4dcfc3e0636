package dev.runyard.engine.waitpoint;

import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.store.Transactions;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Completes a waitpoint and moves the runs that waited for nothing else, in one transaction.
///
/// Where very many runs wait for one waitpoint, most of them follow in transactions of their own, so that no row is
/// locked for long. A crash in between leaves them to [RecheckWaits].
///
/// The edges are read by a statement of their own after the waitpoint's row is changed: whoever adds an edge holds that
/// row shared, so each edge is either seen here or was written with the completion in view.
public final class SettleWaitpoint {
    private static final Logger LOG = LoggerFactory.getLogger(SettleWaitpoint.class);

    private final WaitpointRepository waitpoints;
    private final EdgeRepository edges;
    private final ResumeRuns resume;
    private final Transactions transactions;
    private final SyncPoints syncPoints;
    private final int atOnce;
    private final InstantSource clock;

    /// @param atOnce most edges of one transaction
    SettleWaitpoint(
            WaitpointRepository waitpoints,
            EdgeRepository edges,
            ResumeRuns resume,
            Transactions transactions,
            SyncPoints syncPoints,
            int atOnce,
            InstantSource clock) {
        this.waitpoints = waitpoints;
        this.edges = edges;
        this.resume = resume;
        this.transactions = transactions;
        this.syncPoints = syncPoints;
        this.atOnce = atOnce;
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
            if (resolveSome(id) >= atOnce) {
                transactions.afterCommit(() -> resolveTheRest(id));
            }
            syncPoints.reach(SyncPoint.WAITS_RESOLVED);
            return true;
        });
    }

    /// Returns how many edges it resolved.
    private int resolveSome(UUID id) {
        List<EdgeRepository.Resolved> resolved = edges.resolve(id, atOnce);
        resume.resolved(resolved);
        return resolved.size();
    }

    private void resolveTheRest(UUID id) {
        try {
            int resolved = atOnce;
            while (resolved > 0) {
                syncPoints.reach(SyncPoint.MORE_WAITS_LEFT);
                resolved = transactions.execute(() -> resolveSome(id));
            }
        } catch (DataAccessException e) {
            LOG.warn("Runs that waited for {} go on later: {}", id, e.getMessage());
        }
    }
}
