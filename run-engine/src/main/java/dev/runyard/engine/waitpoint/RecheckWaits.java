package dev.runyard.engine.waitpoint;

import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.observe.Repair;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.store.Transactions;
import dev.runyard.protocol.id.RunId;
import java.time.InstantSource;
import java.util.List;

/// Compares waiting runs with what they wait for. Completions move runs in their own transaction, so this finds nothing
/// unless rows were changed by hand or lost with a restored backup, or a server died while it moved very many runs.
final class RecheckWaits {
    private static final int BATCH = 500;

    private final EdgeRepository edges;
    private final WaitpointRepository waitpoints;
    private final RunStateRepository states;
    private final ResumeRuns resume;
    private final Transactions transactions;
    private final EngineMetrics metrics;
    private final InstantSource clock;

    RecheckWaits(
            EdgeRepository edges,
            WaitpointRepository waitpoints,
            RunStateRepository states,
            ResumeRuns resume,
            Transactions transactions,
            EngineMetrics metrics,
            InstantSource clock) {
        this.edges = edges;
        this.waitpoints = waitpoints;
        this.states = states;
        this.resume = resume;
        this.transactions = transactions;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Checks all waiting runs; returns how many it put right.
    int check() {
        waitpoints.removeExpiredKeys(clock.instant());
        int repaired = 0;
        RunId last = null;
        List<RunId> found;
        do {
            found = edges.findMiscounted(last, BATCH);
            for (RunId run : found) {
                repaired += transactions.execute(() -> repair(run)) ? 1 : 0;
                last = run;
            }
        } while (found.size() == BATCH);
        if (repaired > 0) {
            metrics.repaired(Repair.WAIT, repaired);
        }
        return repaired;
    }

    private boolean repair(RunId run) {
        return states.lock(run)
                .filter(state -> state.isWaiting())
                .map(state -> {
                    int pending = edges.recount(state);
                    if (pending == state.pendingWaits()) {
                        return false;
                    }
                    resume.waitFor(state, pending);
                    return true;
                })
                .orElse(false);
    }
}
