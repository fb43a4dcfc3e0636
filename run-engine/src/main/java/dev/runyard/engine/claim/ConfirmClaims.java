package dev.runyard.engine.claim;

import dev.runyard.engine.EngineConfig;
import dev.runyard.engine.change.RunChanged;
import dev.runyard.engine.change.RunChanges;
import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.lifecycle.RunResult;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.observe.Repair;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.queue.EpochRepository;
import dev.runyard.engine.queue.QueueClaim;
import dev.runyard.engine.queue.QueueEntry;
import dev.runyard.engine.queue.RunQueue;
import dev.runyard.engine.queue.WorkerQueueRepository;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.run.RunTransitions;
import dev.runyard.engine.timer.Timer;
import dev.runyard.engine.ttl.ExpireRun;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// Makes claims true in the database, or undoes them.
public final class ConfirmClaims {
    private final ClaimRepository claims;
    private final RunStateRepository states;
    private final WorkerQueueRepository workerQueues;
    private final AssignVersion assignVersion;
    private final RunLifecycle lifecycle;
    private final RunQueue queue;
    private final EpochRepository epochs;
    private final RunChanges changes;
    private final EngineMetrics metrics;
    private final SyncPoints syncPoints;
    private final TransactionTemplate transaction;
    private final EngineConfig config;
    private final InstantSource clock;

    /// What confirming needs.
    public record Collaborators(
            ClaimRepository claims,
            RunStateRepository states,
            WorkerQueueRepository workerQueues,
            AssignVersion assignVersion,
            RunLifecycle lifecycle,
            RunQueue queue,
            EpochRepository epochs,
            RunChanges changes,
            EngineMetrics metrics,
            SyncPoints syncPoints,
            TransactionTemplate transaction) {}

    public ConfirmClaims(Collaborators with, EngineConfig config, InstantSource clock) {
        this.claims = with.claims();
        this.states = with.states();
        this.workerQueues = with.workerQueues();
        this.assignVersion = with.assignVersion();
        this.lifecycle = with.lifecycle();
        this.queue = with.queue();
        this.epochs = with.epochs();
        this.changes = with.changes();
        this.metrics = with.metrics();
        this.syncPoints = with.syncPoints();
        this.transaction = with.transaction();
        this.config = config;
        this.clock = clock;
    }

    /// Claimed runs and what each can do. Made without a transaction, because the control plane is asked.
    record Prepared(List<ClaimRepository.Candidate> candidates, Map<RunId, AssignVersion.Verdict> verdicts) {
        List<ClaimRepository.Assignment> assignments() {
            return candidates.stream()
                    .map(candidate -> verdicts.get(candidate.state().runId()))
                    .filter(AssignVersion.Verdict.Startable.class::isInstance)
                    .map(verdict -> ((AssignVersion.Verdict.Startable) verdict).assignment())
                    .toList();
        }
    }

    /// Confirms claims that were made in Redis under an epoch; returns those that hold.
    List<ClaimedRun> confirm(List<QueueClaim> claimed, String epoch, ClaimRequest request) {
        Prepared prepared = prepare(claimed, request.workerQueue());
        ClaimRepository.Holder holder = holder(request);
        List<ClaimRepository.Assignment> assignments = prepared.assignments();
        Set<RunId> written = assignments.isEmpty() ? Set.of() : write(assignments, epoch, holder);
        syncPoints.reach(SyncPoint.CLAIM_CONFIRMED);
        if (written.isEmpty() && !epochs.find().epoch().equals(epoch)) {
            queue.distrust();
            return List.of();
        }
        undo(prepared, written, claimed);
        return claimedRuns(prepared, written, holder);
    }

    private Set<RunId> write(
            List<ClaimRepository.Assignment> assignments, String epoch, ClaimRepository.Holder holder) {
        try {
            return Objects.requireNonNull(transaction.execute(_ -> {
                epochs.lockShared();
                return claims.write(assignments, epoch, holder);
            }));
        } catch (DataAccessException | TransactionException e) {
            // The commit's answer may be what was lost; what shows this claim is this worker's.
            Set<RunId> written = claims.findWritten(assignments, holder);
            if (written.isEmpty()) {
                throw e;
            }
            metrics.repaired(Repair.ANSWER, written.size());
            return written;
        }
    }

    /// Reads claimed runs and decides what each can do.
    Prepared prepare(List<QueueClaim> claimed, String workerQueue) {
        List<ClaimRepository.Candidate> candidates = claims.find(claimed);
        Map<RunId, Integer> versions =
                claimed.stream().collect(Collectors.toMap(QueueClaim::runId, QueueClaim::version, Math::max));
        Map<RunId, AssignVersion.Verdict> verdicts = candidates.stream()
                .filter(candidate -> candidate.state().isReady()
                        && Objects.equals(
                                versions.get(candidate.state().runId()),
                                candidate.state().version()))
                .collect(Collectors.toMap(
                        candidate -> candidate.state().runId(), candidate -> decide(candidate, workerQueue)));
        return new Prepared(candidates, verdicts);
    }

    private AssignVersion.Verdict decide(ClaimRepository.Candidate candidate, String workerQueue) {
        Instant expiresAt = candidate.expiresAt();
        boolean isExpired =
                expiresAt != null && !expiresAt.isAfter(clock.instant()) && ExpireRun.isWaiting(candidate.state());
        return isExpired ? new AssignVersion.Verdict.Expired() : assignVersion.assign(candidate.state(), workerQueue);
    }

    ClaimRepository.Holder holder(ClaimRequest request) {
        Instant now = clock.instant();
        Duration lease = request.startAs() == null ? config.pendingStartTimeout() : config.executionTimeout();
        return new ClaimRepository.Holder(
                request.worker(), request.startAs(), now, now.plus(lease), config.maxDurationGrace());
    }

    /// Returns the runs that were written, in the order of their claims.
    List<ClaimedRun> claimedRuns(Prepared prepared, Set<RunId> written, ClaimRepository.Holder holder) {
        List<ClaimedRun> runs = new ArrayList<>();
        for (ClaimRepository.Candidate candidate : prepared.candidates()) {
            RunId run = candidate.state().runId();
            if (written.contains(run)
                    && prepared.verdicts().get(run) instanceof AssignVersion.Verdict.Startable startable) {
                runs.add(claimedRun(candidate, startable, holder.of(candidate.state())));
            }
        }
        metrics.claimed(runs.size());
        return runs;
    }

    private ClaimedRun claimedRun(
            ClaimRepository.Candidate candidate,
            AssignVersion.Verdict.Startable startable,
            ClaimRepository.Holder holder) {
        RunState before = candidate.state();
        ClaimRepository.Assignment fixed = startable.assignment();
        RunState after = before.toBuilder()
                .version(before.version() + 1)
                .lastEvent(holder.event())
                .at(holder.execution(), holder.status())
                .statusReason(null)
                .slotHeld(true)
                .attempt(before.attempt() + (holder.starts() ? 1 : 0))
                .dispatches(holder.starts() ? 0 : before.dispatches() + 1)
                .workerVersionId(fixed.version())
                .machine(fixed.machine())
                .maxAttempts(fixed.maxAttempts())
                .maxDurationSeconds(fixed.maxDurationSeconds())
                .retry(fixed.retry())
                .worker(holder.worker())
                .runner(holder.runner())
                .leaseUntil(holder.until())
                .startedAt(before.startedAt() == null ? holder.from() : before.startedAt())
                .attemptStartedAt(holder.starts() ? holder.from() : before.attemptStartedAt())
                .updatedAt(holder.from())
                .build();
        RunTransitions.check(before.execution(), holder.event(), after.execution());
        metrics.transition(before.execution(), holder.event());
        metrics.waited(Duration.between(before.updatedAt(), holder.from()));
        changes.publish(new RunChanged(after.environmentId(), after.runId(), after.version(), after.status()));
        return new ClaimedRun(
                after, startable.version(), startable.environment(), candidate.traceParent(), candidate.isTest());
    }

    private void undo(Prepared prepared, Set<RunId> written, List<QueueClaim> claimed) {
        for (ClaimRepository.Candidate candidate : prepared.candidates()) {
            RunState state = candidate.state();
            if (!written.contains(state.runId())
                    && !putAside(state, prepared.verdicts().get(state.runId()))) {
                releaseStale(state, claimed);
            }
        }
    }

    /// Parks or ends a run that cannot start; false where nothing speaks against it.
    boolean putAside(RunState state, AssignVersion.@Nullable Verdict verdict) {
        switch (verdict) {
            case AssignVersion.Verdict.NoVersion parked -> park(state, parked);
            case AssignVersion.Verdict.Elsewhere(var workerQueue) -> moveTo(state, workerQueue);
            case AssignVersion.Verdict.NoEnvironment _ -> cancelOrphan(state);
            case AssignVersion.Verdict.Expired _ ->
                ExpireRun.decide(state, clock.instant()).ifPresent(lifecycle::apply);
            case AssignVersion.Verdict.Startable _ -> {
                return false;
            }
            case null -> {
                return false;
            }
        }
        return true;
    }

    private void park(RunState state, AssignVersion.Verdict.NoVersion verdict) {
        RunState parked = state.toBuilder()
                .at(ExecutionStatus.RUN_CREATED, RunStatus.PENDING_VERSION)
                .statusReason(verdict.reason())
                .build();
        // The ttl is a limit on waiting for a worker; it counts anew once there is a version.
        lifecycle.apply(RunChange.of(state, RunEvent.PARKED, parked).disarming(Timer.Kind.TTL));
    }

    /// The run goes back into its queue, where the environment's workers reach it.
    private void moveTo(RunState state, String workerQueue) {
        workerQueues.move(state.runId(), workerQueue);
        states.find(state.runId())
                .filter(newest -> newest.isReady() && newest.version() == state.version())
                .ifPresent(newest -> lifecycle.apply(RunChange.of(newest, RunEvent.CLAIM_LAPSED, newest)));
    }

    private void cancelOrphan(RunState state) {
        RunResult result = RunResult.failure(TaskRunError.Internal.of(
                InternalErrorCode.TASK_RUN_CANCELLED, "The environment of this run does not exist any more."));
        lifecycle.apply(RunChange.of(
                        state,
                        RunEvent.CANCELED,
                        state.toBuilder()
                                .finished(RunStatus.CANCELED, clock.instant())
                                .build())
                .withResult(result));
    }

    /// The claim was a leftover of a run that moved on: its slot in Redis goes, whatever the run does
    /// now stays.
    private void releaseStale(RunState state, List<QueueClaim> claimed) {
        metrics.repaired(Repair.CLAIM, 1);
        claimed.stream()
                .filter(claim -> claim.runId().equals(state.runId()))
                .map(QueueClaim::version)
                .findFirst()
                .ifPresent(version -> queue.release(List.of(QueueEntry.of(state).at(version + 1))));
    }

    /// Looks at claims whose lease in Redis ran out: forgets those that the database confirmed, gives
    /// the others back. A claimer that only slept finds its run at another version and cannot confirm.
    ///
    /// @return how many were given back
    public int settleLapsed() {
        List<QueueClaim> lapsed = queue.lapsedClaims(200);
        Map<RunId, RunState> newest = states
                .findAll(lapsed.stream().map(QueueClaim::runId).toList())
                .stream()
                .collect(Collectors.toMap(RunState::runId, Function.identity()));
        int givenBack = 0;
        for (QueueClaim claim : lapsed) {
            RunState state = newest.get(claim.runId());
            if (state != null && state.isReady() && state.version() == claim.version()) {
                givenBack += giveBack(state);
            } else {
                queue.forgetLease(claim);
            }
        }
        return givenBack;
    }

    private int giveBack(RunState state) {
        boolean moved = lifecycle
                .apply(RunChange.of(state, RunEvent.CLAIM_LAPSED, state))
                .isPresent();
        metrics.repaired(Repair.LEASE, moved ? 1 : 0);
        return moved ? 1 : 0;
    }
}
