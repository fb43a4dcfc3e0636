package dev.runyard.engine.waitpoint;

import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.store.Transactions;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Lets an executing run wait. A run that waits already waits for more; one that is in any other state cannot wait
/// (answers H-19).
public final class BlockRun {
    private final RunStateRepository states;
    private final WaitpointRepository waitpoints;
    private final EdgeRepository edges;
    private final ResumeRuns resume;
    private final RunLifecycle lifecycle;
    private final WaitpointTimers timers;
    private final Transactions transactions;
    private final SyncPoints syncPoints;
    private final InstantSource clock;

    /// What blocking needs.
    record Collaborators(
            RunStateRepository states,
            WaitpointRepository waitpoints,
            EdgeRepository edges,
            ResumeRuns resume,
            RunLifecycle lifecycle,
            WaitpointTimers timers,
            Transactions transactions) {}

    BlockRun(Collaborators with, SyncPoints syncPoints, InstantSource clock) {
        this.states = with.states();
        this.waitpoints = with.waitpoints();
        this.edges = with.edges();
        this.resume = with.resume();
        this.lifecycle = with.lifecycle();
        this.timers = with.timers();
        this.transactions = with.transactions();
        this.syncPoints = syncPoints;
        this.clock = clock;
    }

    /// Records the wait, in the transaction under way where there is one. Where the answer is a refusal, nothing was
    /// written.
    public BlockOutcome block(BlockRequest request) {
        return transactions.execute(() -> blockHeld(request));
    }

    private BlockOutcome blockHeld(BlockRequest request) {
        List<UUID> ids = request.waitpoints().stream().map(WaitpointId::value).toList();
        List<WaitpointRepository.Held> held =
                waitpoints.hold(request.environmentId(), ids, request.timeoutAt() != null);
        if (held.size() < new HashSet<>(ids).size()) {
            return missing(request, held);
        }
        Optional<RunState> found = states.lock(request.runId())
                .filter(state -> state.environmentId().equals(request.environmentId()));
        if (found.isEmpty()) {
            return new BlockOutcome.UnknownRun();
        }
        Optional<String> refusal = refusal(found.get(), request);
        if (refusal.isPresent()) {
            return new BlockOutcome.Rejected(refusal.get());
        }
        timeOut(request, held);
        return block(found.get(), ids);
    }

    private BlockOutcome block(RunState state, List<UUID> waitpointIds) {
        boolean waits = state.isWaiting();
        int pending = edges.insert(state.runId(), waits ? state.waitRound() : state.waitRound() + 1, waitpointIds);
        syncPoints.reach(SyncPoint.WAIT_WRITTEN);
        if (waits) {
            resume.waitFor(state, state.pendingWaits() + pending);
            return new BlockOutcome.Waiting(state);
        }
        RunState after = lifecycle
                .apply(pending > 0 ? wait(state, pending) : goOn(state))
                .orElseThrow(() -> new IllegalStateException("run " + state.runId() + " moved while its row was held"));
        return pending > 0 ? new BlockOutcome.Waiting(after) : new BlockOutcome.GoesOn(after);
    }

    private RunChange wait(RunState state, int pending) {
        RunState after = state.toBuilder()
                .waitingFor(pending, clock.instant())
                .at(ExecutionStatus.EXECUTING_WITH_WAITPOINTS, state.status())
                .build();
        return RunChange.of(state, RunEvent.WAIT_STARTED, after);
    }

    private static RunChange goOn(RunState state) {
        return RunChange.of(
                state, RunEvent.RESUMED, state.toBuilder().waitingForNothing().build());
    }

    private static Optional<String> refusal(RunState state, BlockRequest request) {
        boolean executes = state.execution() == ExecutionStatus.EXECUTING && state.status() == RunStatus.EXECUTING;
        if (state.isFinished()) {
            return Optional.of(
                    "Run " + state.runId() + " is finished with status " + state.status() + ", so it cannot wait.");
        }
        if (!executes && !state.isWaiting()) {
            return Optional.of(
                    "Run " + state.runId() + " is " + state.execution() + "; only an executing run can wait.");
        }
        if (!isNewest(state, request.snapshot())) {
            return Optional.of(
                    "Snapshot " + request.snapshot() + " is not the latest snapshot of run " + state.runId() + ".");
        }
        boolean waitsForItself = request.waitpoints().stream()
                .anyMatch(id -> id.value().equals(state.runId().value()));
        return waitsForItself ? Optional.of("Run " + state.runId() + " cannot wait for itself.") : Optional.empty();
    }

    /// Whoever made a run wait may add to that wait with the version it did it at.
    private static boolean isNewest(RunState state, @Nullable SnapshotId snapshot) {
        return snapshot == null
                || snapshot.version() == state.version()
                || (state.lastEvent() == RunEvent.WAIT_STARTED && snapshot.version() == state.version() - 1);
    }

    private void timeOut(BlockRequest request, List<WaitpointRepository.Held> held) {
        Instant at = request.timeoutAt();
        List<UUID> pending = held.stream()
                .filter(one -> one.kind() == WaitpointKind.MANUAL && !one.isCompleted())
                .map(WaitpointRepository.Held::id)
                .toList();
        if (at != null && !pending.isEmpty()) {
            waitpoints.timeOutAt(request.environmentId(), pending, at);
            transactions.afterCommit(() -> pending.forEach(id -> timers.armed(id, at)));
        }
    }

    private static BlockOutcome missing(BlockRequest request, List<WaitpointRepository.Held> held) {
        Set<UUID> there =
                new HashSet<>(held.stream().map(WaitpointRepository.Held::id).toList());
        return new BlockOutcome.UnknownWaitpoints(request.waitpoints().stream()
                .filter(id -> !there.contains(id.value()))
                .toList());
    }
}
