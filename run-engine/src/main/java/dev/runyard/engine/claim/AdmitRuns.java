package dev.runyard.engine.claim;

import dev.runyard.engine.change.RunChanged;
import dev.runyard.engine.change.RunChanges;
import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.observe.Repair;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.queue.EnvironmentLimits;
import dev.runyard.engine.queue.EpochRepository;
import dev.runyard.engine.queue.Lane;
import dev.runyard.engine.queue.QueueClaim;
import dev.runyard.engine.queue.QueueEntry;
import dev.runyard.engine.queue.QueueKey;
import dev.runyard.engine.queue.QueueLimitRepository;
import dev.runyard.engine.queue.QueueUnavailableException;
import dev.runyard.engine.queue.RunQueue;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.run.RunTransitions;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionTemplate;

/// Lets runs go on that ended a wait while their process lived: they need no worker, only a slot.
///
/// A freed slot announces itself, so nobody polls for it. Where a worker asks for runs first, its claim brings the runs
/// that this class has to admit along.
public final class AdmitRuns {
    private static final int BATCH = 200;

    private final AdmissionRepository admissions;
    private final ReadyRunRepository ready;
    private final RunStateRepository states;
    private final RunQueue queue;
    private final EpochRepository epochs;
    private final Environments environments;
    private final QueueLimitRepository limits;
    private final RunChanges changes;
    private final EngineMetrics metrics;
    private final SyncPoints syncPoints;
    private final TransactionTemplate transaction;
    private final BooleanSupplier redisIsAway;
    private final InstantSource clock;

    /// What admitting needs.
    public record Collaborators(
            AdmissionRepository admissions,
            ReadyRunRepository ready,
            RunStateRepository states,
            RunQueue queue,
            EpochRepository epochs,
            Environments environments,
            QueueLimitRepository limits,
            RunChanges changes,
            EngineMetrics metrics,
            SyncPoints syncPoints,
            TransactionTemplate transaction) {}

    public AdmitRuns(Collaborators with, BooleanSupplier redisIsAway, InstantSource clock) {
        this.admissions = with.admissions();
        this.ready = with.ready();
        this.states = with.states();
        this.queue = with.queue();
        this.epochs = with.epochs();
        this.environments = with.environments();
        this.limits = with.limits();
        this.changes = with.changes();
        this.metrics = with.metrics();
        this.syncPoints = with.syncPoints();
        this.transaction = with.transaction();
        this.redisIsAway = redisIsAway;
        this.clock = clock;
    }

    /// Admits every run that there is a slot for; returns how many that were.
    public int admit() {
        int admitted = 0;
        try {
            while (true) {
                String epoch = queue.epoch();
                List<QueueClaim> claims = queue.claimResumes(BATCH);
                if (claims.isEmpty()) {
                    return admitted;
                }
                syncPoints.reach(SyncPoint.CLAIMED_IN_REDIS);
                admitted += confirm(claims, epoch);
            }
        } catch (QueueUnavailableException e) {
            return redisIsAway.getAsBoolean() ? admitted + admitFromDatabase() : admitted;
        }
    }

    /// Makes claims of the resume lane true in the database, or undoes them.
    int confirm(List<QueueClaim> claims, String epoch) {
        List<RunState> admitted = Objects.requireNonNull(transaction.execute(_ -> {
            epochs.lockShared();
            return admissions.write(claims, epoch, clock.instant());
        }));
        syncPoints.reach(SyncPoint.CLAIM_CONFIRMED);
        if (admitted.isEmpty() && !epochs.find().epoch().equals(epoch)) {
            queue.distrust();
            return 0;
        }
        Set<RunId> written = admitted.stream().map(RunState::runId).collect(Collectors.toSet());
        claims.stream().filter(claim -> !written.contains(claim.runId())).forEach(this::releaseStale);
        admitted.forEach(this::announce);
        return admitted.size();
    }

    /// Admits runs while Redis is away, under the same limits.
    int admitFromDatabase() {
        if (!ready.anyResumable()) {
            return 0;
        }
        List<EnvironmentSettings> settings = environments.all();
        List<RunState> admitted = Objects.requireNonNull(transaction.execute(_ -> {
            epochs.enterDatabaseMode(clock.instant());
            List<EnvironmentLimits> newest = limits.limits(settings);
            Gates gates = new Gates(newest, ready.countSlots());
            List<QueueClaim> chosen = ready.findResumable(newest, BATCH).stream()
                    .filter(state -> gates.take(QueueKey.of(state)))
                    .map(state -> new QueueClaim(state.runId(), state.version(), Lane.RESUME))
                    .toList();
            return admissions.write(chosen, EpochRepository.DATABASE, clock.instant());
        }));
        admitted.forEach(this::announce);
        return admitted.size();
    }

    private void announce(RunState state) {
        RunTransitions.check(ExecutionStatus.QUEUED_EXECUTING, RunEvent.ADMITTED, state.execution());
        metrics.transition(ExecutionStatus.QUEUED_EXECUTING, RunEvent.ADMITTED);
        changes.publish(new RunChanged(state.environmentId(), state.runId(), state.version(), state.status()));
    }

    /// The run moved on since it was queued: what the claim took in Redis goes, whatever the run does now stays.
    private void releaseStale(QueueClaim claim) {
        metrics.repaired(Repair.CLAIM, 1);
        states.find(claim.runId())
                .ifPresent(state -> queue.release(List.of(QueueEntry.of(state).at(claim.version() + 1))));
    }
}
