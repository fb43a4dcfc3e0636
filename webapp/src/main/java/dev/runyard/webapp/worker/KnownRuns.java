package dev.runyard.webapp.worker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.runyard.engine.RunEngine;
import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Whose a run is that a worker has, which does not change while it has it. Others do not see the run.
///
/// Every call of a runner asks this, so runs that were handed out here are remembered instead of read.
@Component
class KnownRuns {
    private static final Duration MEMORY = Duration.ofHours(1);
    private static final int MAX_RUNS = 100_000;

    private final RunEngine engine;
    private final Cache<RunId, Place> places = Caffeine.newBuilder()
            .maximumSize(MAX_RUNS)
            .expireAfterAccess(MEMORY)
            .build();

    KnownRuns(RunEngine engine) {
        this.engine = engine;
    }

    private record Place(String workerQueue, EnvironmentId environment) {}

    void remember(RunState state) {
        places.put(state.runId(), placeOf(state));
    }

    /// Tells whether the run exists and is one of the given queue's.
    boolean isOf(String workerQueue, RunId run) {
        return place(run).map(known -> known.workerQueue().equals(workerQueue)).orElse(false);
    }

    /// Tells whether the run exists and is one of the given environment's.
    boolean isIn(EnvironmentId environment, RunId run) {
        return place(run).map(known -> known.environment().equals(environment)).orElse(false);
    }

    private Optional<Place> place(RunId run) {
        Place known = places.getIfPresent(run);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<RunState> state = engine.state(run);
        state.ifPresent(this::remember);
        return state.map(KnownRuns::placeOf);
    }

    private static Place placeOf(RunState state) {
        return new Place(state.workerQueue(), state.environmentId());
    }
}
