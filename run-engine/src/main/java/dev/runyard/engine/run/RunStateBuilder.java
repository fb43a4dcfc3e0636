package dev.runyard.engine.run;

import dev.runyard.protocol.id.WorkerVersionId;
import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Makes a changed copy of a RunState; the parts are described there. What is not set stays as it was.
public final class RunStateBuilder {
    private final RunState from;
    private int version;
    private RunEvent lastEvent;
    private ExecutionStatus execution;
    private RunStatus status;
    private @Nullable String statusReason;
    private String workerQueue;
    private long score;
    private @Nullable Instant delayUntil;
    private @Nullable Instant notBefore;
    private boolean slotHeld;
    private int attempt;
    private int dispatches;
    private @Nullable WorkerVersionId workerVersionId;
    private @Nullable MachinePreset machine;
    private @Nullable Integer maxAttempts;
    private @Nullable Integer maxDurationSeconds;
    private @Nullable RetryOptions retry;
    private @Nullable String worker;
    private @Nullable String runner;
    private @Nullable Instant leaseUntil;
    private @Nullable Instant startedAt;
    private @Nullable Instant attemptStartedAt;
    private @Nullable Instant completedAt;
    private long usageMs;
    private Instant updatedAt;
    private int pendingWaits;
    private int waitRound;
    private @Nullable Instant waitingSince;
    private @Nullable RunCheckpoint checkpoint;

    RunStateBuilder(RunState from) {
        this.from = from;
        this.version = from.version();
        this.lastEvent = from.lastEvent();
        this.execution = from.execution();
        this.status = from.status();
        this.statusReason = from.statusReason();
        this.workerQueue = from.workerQueue();
        this.score = from.score();
        this.delayUntil = from.delayUntil();
        this.notBefore = from.notBefore();
        this.slotHeld = from.slotHeld();
        this.attempt = from.attempt();
        this.dispatches = from.dispatches();
        this.workerVersionId = from.workerVersionId();
        this.machine = from.machine();
        this.maxAttempts = from.maxAttempts();
        this.maxDurationSeconds = from.maxDurationSeconds();
        this.retry = from.retry();
        this.worker = from.worker();
        this.runner = from.runner();
        this.leaseUntil = from.leaseUntil();
        this.startedAt = from.startedAt();
        this.attemptStartedAt = from.attemptStartedAt();
        this.completedAt = from.completedAt();
        this.usageMs = from.usageMs();
        this.updatedAt = from.updatedAt();
        this.pendingWaits = from.pendingWaits();
        this.waitRound = from.waitRound();
        this.waitingSince = from.waitingSince();
        this.checkpoint = from.checkpoint();
    }

    public RunStateBuilder version(int value) {
        this.version = value;
        return this;
    }

    public RunStateBuilder lastEvent(RunEvent value) {
        this.lastEvent = value;
        return this;
    }

    public RunStateBuilder statusReason(@Nullable String value) {
        this.statusReason = value;
        return this;
    }

    /// Moves the end of the delay, and with it the place in the queue.
    public RunStateBuilder delayedUntil(Instant value) {
        if (delayUntil != null) {
            this.score += Duration.between(delayUntil, value).toMillis();
        }
        this.delayUntil = value;
        return this;
    }

    public RunStateBuilder notBefore(@Nullable Instant value) {
        this.notBefore = value;
        return this;
    }

    public RunStateBuilder slotHeld(boolean value) {
        this.slotHeld = value;
        return this;
    }

    public RunStateBuilder attempt(int value) {
        this.attempt = value;
        return this;
    }

    public RunStateBuilder dispatches(int value) {
        this.dispatches = value;
        return this;
    }

    public RunStateBuilder workerVersionId(@Nullable WorkerVersionId value) {
        this.workerVersionId = value;
        return this;
    }

    public RunStateBuilder machine(@Nullable MachinePreset value) {
        this.machine = value;
        return this;
    }

    public RunStateBuilder maxAttempts(@Nullable Integer value) {
        this.maxAttempts = value;
        return this;
    }

    public RunStateBuilder maxDurationSeconds(@Nullable Integer value) {
        this.maxDurationSeconds = value;
        return this;
    }

    public RunStateBuilder retry(@Nullable RetryOptions value) {
        this.retry = value;
        return this;
    }

    public RunStateBuilder worker(@Nullable String value) {
        this.worker = value;
        return this;
    }

    public RunStateBuilder runner(@Nullable String value) {
        this.runner = value;
        return this;
    }

    public RunStateBuilder leaseUntil(@Nullable Instant value) {
        this.leaseUntil = value;
        return this;
    }

    public RunStateBuilder startedAt(@Nullable Instant value) {
        this.startedAt = value;
        return this;
    }

    public RunStateBuilder attemptStartedAt(@Nullable Instant value) {
        this.attemptStartedAt = value;
        return this;
    }

    public RunStateBuilder usageMs(long value) {
        this.usageMs = value;
        return this;
    }

    public RunStateBuilder updatedAt(Instant value) {
        this.updatedAt = value;
        return this;
    }

    public RunStateBuilder checkpoint(@Nullable RunCheckpoint value) {
        this.checkpoint = value;
        return this;
    }

    /// Lets the attempt wait: a slot is for what executes.
    ///
    /// @param waits how many waitpoints are not completed
    public RunStateBuilder waitingFor(int waits, Instant since) {
        this.slotHeld = false;
        this.pendingWaits = waits;
        this.waitRound = from.waitRound() + 1;
        this.waitingSince = since;
        return this;
    }

    /// Begins a wait whose outputs are all there.
    public RunStateBuilder waitingForNothing() {
        this.waitRound = from.waitRound() + 1;
        return this;
    }

    /// Ends the wait; its outputs belong to the versions that follow.
    public RunStateBuilder waitsEnded() {
        this.pendingWaits = 0;
        return this;
    }

    /// Lets the attempt execute on with a slot. The time that it waited counts as if it had started later.
    public RunStateBuilder executingOn(Instant now) {
        this.slotHeld = true;
        if (attemptStartedAt != null && waitingSince != null) {
            this.attemptStartedAt = attemptStartedAt.plus(Duration.between(waitingSince, now));
        }
        this.waitingSince = null;
        return this;
    }

    /// Ends the attempt's waits: nothing that it waited for reaches another attempt, nor does its process image.
    public RunStateBuilder withoutWaits() {
        this.pendingWaits = 0;
        this.waitRound = from.waitRound() == 0 ? 0 : from.waitRound() + 1;
        this.waitingSince = null;
        this.checkpoint = null;
        return this;
    }

    /// Sets where the run stands and what users see.
    public RunStateBuilder at(ExecutionStatus newExecution, RunStatus newStatus) {
        this.execution = newExecution;
        this.status = newStatus;
        return this;
    }

    /// Sets where it waits for a worker.
    public RunStateBuilder workerQueue(String newWorkerQueue) {
        this.workerQueue = newWorkerQueue;
        return this;
    }

    /// Takes the run from its worker: no slot, no lease, no runner.
    public RunStateBuilder withoutWorker() {
        this.slotHeld = false;
        this.leaseUntil = null;
        this.runner = null;
        return this;
    }

    /// Ends the run.
    public RunStateBuilder finished(RunStatus finalStatus, Instant when) {
        this.slotHeld = false;
        this.leaseUntil = null;
        this.notBefore = null;
        this.pendingWaits = 0;
        this.waitingSince = null;
        this.checkpoint = null;
        this.completedAt = when;
        return at(ExecutionStatus.FINISHED, finalStatus);
    }

    public RunState build() {
        return new RunState(
                from.runId(),
                from.environmentId(),
                from.taskId(),
                version,
                lastEvent,
                execution,
                status,
                statusReason,
                from.queue(),
                from.concurrencyKey(),
                workerQueue,
                score,
                notBefore,
                slotHeld,
                attempt,
                dispatches,
                workerVersionId,
                machine,
                maxAttempts,
                maxDurationSeconds,
                retry,
                from.ttlSeconds(),
                worker,
                runner,
                leaseUntil,
                delayUntil,
                startedAt,
                attemptStartedAt,
                completedAt,
                usageMs,
                updatedAt,
                from.awaited(),
                pendingWaits,
                waitRound,
                waitingSince,
                checkpoint);
    }
}
