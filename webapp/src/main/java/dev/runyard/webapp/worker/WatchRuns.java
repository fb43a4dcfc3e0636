package dev.runyard.webapp.worker;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.change.RunChanges;
import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.worker.RunChangesRequest;
import dev.runyard.protocol.worker.RunChangesResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Tells a worker which of its runs changed behind its back, in one long poll.
@Component
class WatchRuns {
    /// How long a shutdown may have to wait for a call.
    private static final Duration SLICE = Duration.ofSeconds(2);

    private final RunEngine engine;
    private final LongPolls longPolls;
    private final WorkerBodies bodies;
    private final WorkersProperties properties;

    WatchRuns(RunEngine engine, LongPolls longPolls, WorkerBodies bodies, WorkersProperties properties) {
        this.engine = engine;
        this.longPolls = longPolls;
        this.bodies = bodies;
        this.properties = properties;
    }

    /// @param mayCall tells whether the caller may know of a run
    RunChangesResponse watch(byte @Nullable [] body, Predicate<RunId> mayCall) {
        RunChangesRequest request = bodies.read(body, RunChangesRequest.class);
        List<RunChangesRequest.Watched> asked = Objects.requireNonNullElse(request.runs(), List.of());
        if (asked.size() > properties.maxWatchedRuns()) {
            throw new WorkerRequestException(
                    "Body Error",
                    "runs holds " + asked.size() + " runs; at most " + properties.maxWatchedRuns() + " are allowed");
        }
        List<RunId> unknown = asked.stream()
                .map(RunChangesRequest.Watched::run)
                .filter(run -> !mayCall.test(run))
                .toList();
        List<RunChanges.Watched> watched = asked.stream()
                .filter(one -> !unknown.contains(one.run()))
                .map(one -> new RunChanges.Watched(one.run(), one.snapshot()))
                .toList();
        // The caller must hear of unknown runs at once, not after the wait.
        Duration patience = unknown.isEmpty() ? properties.patience(request.timeoutMs()) : Duration.ZERO;
        List<RunState> changed = await(watched, patience);
        return new RunChangesResponse(
                changed.stream()
                        .map(state -> Snapshots.executionOf(state)
                                .with(CompletedWaitpoints.of(
                                        engine.waits().queries().completedWaits(state))))
                        .toList(),
                unknown);
    }

    private List<RunState> await(List<RunChanges.Watched> watched, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Duration rest = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            boolean isLast = rest.compareTo(SLICE) <= 0;
            List<RunState> changed = engine.awaitChanges(watched, isLast ? rest : SLICE);
            if (!changed.isEmpty() || isLast || longPolls.isClosing()) {
                return changed;
            }
        }
    }
}
