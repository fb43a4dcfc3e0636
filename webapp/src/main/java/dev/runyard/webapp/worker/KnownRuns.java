package dev.runyard.webapp.worker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.runyard.engine.RunEngine;
import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.id.RunId;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Through which worker queue a run is reached, which never changes. Workers of another queue do not see the run.
///
/// Every call of a runner asks this, so runs that were handed out here are remembered instead of read.
@Component
class KnownRuns {
    private static final Duration MEMORY = Duration.ofHours(1);
    private static final int MAX_RUNS = 100_000;

    private final RunEngine engine;
    private final Cache<RunId, String> queues = Caffeine.newBuilder()
            .maximumSize(MAX_RUNS)
            .expireAfterAccess(MEMORY)
            .build();

    KnownRuns(RunEngine engine) {
        this.engine = engine;
    }

    void remember(RunState state) {
        queues.put(state.runId(), state.workerQueue());
    }

    /// Tells whether the run exists and is one of the given queue's.
    boolean isOf(String workerQueue, RunId run) {
        String known = queues.getIfPresent(run);
        if (known != null) {
            return known.equals(workerQueue);
        }
        Optional<RunState> state = engine.state(run);
        state.ifPresent(this::remember);
        return state.map(found -> found.workerQueue().equals(workerQueue)).orElse(false);
    }
}
