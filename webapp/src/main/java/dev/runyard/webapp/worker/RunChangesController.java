package dev.runyard.webapp.worker;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.change.RunChanges;
import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.worker.RunChangesRequest;
import dev.runyard.protocol.worker.RunChangesResponse;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.auth.WorkerIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// One long poll that tells a supervisor which of its runs changed behind its back.
@RestController
@Permit(to = Credential.WORKER)
class RunChangesController {
    /// How long a shutdown may have to wait for a call.
    private static final Duration SLICE = Duration.ofSeconds(2);

    private final RunEngine engine;
    private final Supervisors supervisors;
    private final KnownRuns knownRuns;
    private final LongPolls longPolls;
    private final WorkerBodies bodies;
    private final WorkersProperties properties;

    RunChangesController(
            RunEngine engine,
            Supervisors supervisors,
            KnownRuns knownRuns,
            LongPolls longPolls,
            WorkerBodies bodies,
            WorkersProperties properties) {
        this.engine = engine;
        this.supervisors = supervisors;
        this.knownRuns = knownRuns;
        this.longPolls = longPolls;
        this.bodies = bodies;
        this.properties = properties;
    }

    @PostMapping("/engine/v1/worker-actions/runs/changes")
    RunChangesResponse changes(
            @AuthenticationPrincipal WorkerIdentity worker, @RequestBody(required = false) byte @Nullable [] body) {
        supervisors.seen(worker.group(), worker.instanceName());
        RunChangesRequest request = bodies.read(body, RunChangesRequest.class);
        List<RunChangesRequest.Watched> asked = Objects.requireNonNullElse(request.runs(), List.of());
        if (asked.size() > properties.maxWatchedRuns()) {
            throw new WorkerRequestException(
                    "Body Error",
                    "runs holds " + asked.size() + " runs; at most " + properties.maxWatchedRuns() + " are allowed");
        }
        List<RunId> unknown = asked.stream()
                .map(RunChangesRequest.Watched::run)
                .filter(run -> !knownRuns.isOf(worker.workerQueue(), run))
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
