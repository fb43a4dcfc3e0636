package dev.runyard.engine;

import dev.runyard.engine.attempt.CompleteAttempt;
import dev.runyard.engine.attempt.CompleteOutcome;
import dev.runyard.engine.attempt.StartAttempt;
import dev.runyard.engine.attempt.StartOutcome;
import dev.runyard.engine.batch.Batches;
import dev.runyard.engine.bulk.BulkActions;
import dev.runyard.engine.cancel.CancelOutcome;
import dev.runyard.engine.cancel.CancelRun;
import dev.runyard.engine.change.RunChanged;
import dev.runyard.engine.change.RunChanges;
import dev.runyard.engine.claim.ClaimRequest;
import dev.runyard.engine.claim.ClaimRuns;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.delay.RescheduleOutcome;
import dev.runyard.engine.delay.RescheduleRun;
import dev.runyard.engine.event.RunEvents;
import dev.runyard.engine.gate.ChangeGates;
import dev.runyard.engine.gate.DeclareQueues;
import dev.runyard.engine.gate.MoveRuns;
import dev.runyard.engine.gate.Queues;
import dev.runyard.engine.metadata.RunMetadata;
import dev.runyard.engine.queue.QueueDeclaration;
import dev.runyard.engine.read.RunQueries;
import dev.runyard.engine.recovery.KeepTables;
import dev.runyard.engine.recovery.LeaseGrace;
import dev.runyard.engine.recovery.RenewLease;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.schedule.Schedules;
import dev.runyard.engine.trigger.ReplayCommand;
import dev.runyard.engine.trigger.ReplayRun;
import dev.runyard.engine.trigger.ResetIdempotencyKey;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.engine.trigger.TriggerRun;
import dev.runyard.engine.version.ReleaseParkedRuns;
import dev.runyard.engine.waitpoint.Waits;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.worker.Completion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The run engine as its callers see it: each method delegates to the use case of the same name.
///
/// Thread-safe. Calls block their (virtual) thread; none holds a database connection while it waits.
public final class RunEngine implements AutoCloseable {
    private final EngineParts parts;

    RunEngine(EngineParts parts) {
        this.parts = parts;
    }

    /// Builds an engine over a migrated database; call [#start()] to let its background services run.
    public static RunEngine create(EngineDependencies dependencies, EngineConfig config) {
        return new RunEngine(EngineParts.assemble(dependencies, config));
    }

    /// Makes this month's partitions, then starts the services that move runs along: timers, leases,
    /// outbox, queue upkeep.
    public void start() {
        parts.get(KeepTables.class).keep();
        parts.get(RunEvents.class).keepOrder();
        parts.get(LeaseGrace.class).started();
        parts.services().start();
    }

    /// Accepts a run. When this returns `Accepted`, the run is committed.
    public TriggerOutcome trigger(TriggerCommand command) {
        return parts.get(TriggerRun.class).trigger(command);
    }

    /// Triggers a new run with the task, payload and options of an earlier one; empty where that is
    /// unknown.
    public Optional<TriggerOutcome> replay(EnvironmentId environment, RunId run, String source) {
        return replay(ReplayCommand.of(environment, run, source));
    }

    /// Triggers a run again with changes, or in another environment of its project; empty where the run is unknown.
    public Optional<TriggerOutcome> replay(ReplayCommand command) {
        return parts.get(ReplayRun.class).replay(command);
    }

    /// Frees a caller's idempotency key; the next trigger with it makes a new run.
    ///
    /// @param key as it was sent with the trigger
    /// @return the run that it led to; empty where nobody used the key
    public Optional<RunId> resetIdempotencyKey(EnvironmentId environment, String taskId, String key) {
        return parts.get(ResetIdempotencyKey.class).reset(environment, taskId, key);
    }

    /// Moves the end of a run's delay, while that is not over.
    public RescheduleOutcome reschedule(EnvironmentId environment, RunId run, Instant until) {
        return parts.get(RescheduleRun.class).reschedule(environment, run, until);
    }

    /// Returns what changes metadata and tags.
    public RunMetadata metadata() {
        return parts.get(RunMetadata.class);
    }

    /// Hands out runs, waiting up to the request's patience while there is none.
    public List<ClaimedRun> claim(ClaimRequest request) {
        return parts.get(ClaimRuns.class).claim(request);
    }

    /// Starts an attempt of a run that the caller holds at the given version.
    ///
    /// @param runner name of the runner; a repeated call of the same runner gets the same answer
    public StartOutcome start(RunId run, SnapshotId snapshot, @Nullable String runner) {
        return parts.get(StartAttempt.class).start(run, snapshot, runner);
    }

    /// Takes the result of an attempt from whoever holds the run at the given version.
    public CompleteOutcome complete(RunId run, SnapshotId snapshot, Completion completion) {
        return parts.get(CompleteAttempt.class).complete(run, snapshot, completion);
    }

    /// Renews the lease of a run; false where the caller's version is not the newest.
    public boolean heartbeat(RunId run, SnapshotId snapshot) {
        return parts.get(RenewLease.class).renew(run, snapshot);
    }

    /// Cancels a run: at once where no worker has it, else through its worker.
    public CancelOutcome cancel(EnvironmentId environment, RunId run, String reason) {
        return parts.get(CancelRun.class).cancel(environment, run, reason);
    }

    /// Returns what has to do with waiting: waitpoints, tokens, suspended runs.
    public Waits waits() {
        return parts.get(Waits.class);
    }

    /// Returns the actions on many runs at once.
    public BulkActions bulk() {
        return parts.get(BulkActions.class);
    }

    /// Returns what has to do with schedules.
    public Schedules schedules() {
        return parts.get(Schedules.class);
    }

    /// Returns the newest state of a run, for workers.
    public Optional<RunState> state(RunId run) {
        return parts.get(RunQueries.class).state(run);
    }

    /// Returns the read models.
    public RunQueries queries() {
        return parts.get(RunQueries.class);
    }

    /// Waits until one of the watched runs has a version newer than the given one; returns those that
    /// have.
    public List<RunState> awaitChanges(List<RunChanges.Watched> watched, Duration patience) {
        return parts.get(RunChanges.class).await(watched, patience);
    }

    /// Calls a listener for every change of a run, from any webapp; close the result to end that.
    public AutoCloseable onChange(Consumer<RunChanged> listener) {
        return parts.get(RunChanges.class).subscribe(listener);
    }

    /// Writes the queues of a deployed version: their limits hold from the next claim on.
    public void declareQueues(EnvironmentId environment, List<QueueDeclaration> queues) {
        parts.get(DeclareQueues.class).declare(environment, queues);
    }

    /// Queues the runs that waited for a version; call it after a version became the current one.
    ///
    /// @return how many were released
    public int releaseParkedRuns(EnvironmentId environment) {
        return parts.get(ReleaseParkedRuns.class).release(environment);
    }

    /// Returns the operations on queues: pauses, limits, sizes, and what holds a run.
    public Queues queues() {
        return parts.get(Queues.class);
    }

    /// Tells the queue that an environment's limits or pause changed.
    public void refreshLimits(EnvironmentId environment) {
        parts.get(ChangeGates.class).apply(environment, () -> {});
    }

    /// Brings the waiting runs of an environment to its worker queue, after that changed.
    public void moveRuns(EnvironmentId environment) {
        parts.get(MoveRuns.class).move(environment);
    }

    /// Returns the batches.
    public Batches batches() {
        return parts.get(Batches.class);
    }

    /// Returns the feed of everything that happens to runs, for readers with a durable place in it.
    public RunEvents events() {
        return parts.get(RunEvents.class);
    }

    /// Returns how the engine is: whether claims go through Redis or the database.
    public EngineHealth health() {
        return parts.health();
    }

    @Override
    public void close() {
        parts.close();
    }
}
