package dev.runyard.engine.trigger;

import dev.runyard.engine.change.RunChanged;
import dev.runyard.engine.change.RunChanges;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.outbox.DoneRows;
import dev.runyard.engine.queue.QueueEntry;
import dev.runyard.engine.queue.QueueKey;
import dev.runyard.engine.queue.QueueUnavailableException;
import dev.runyard.engine.queue.RunQueue;
import dev.runyard.engine.queue.WakeSignals;
import dev.runyard.engine.run.RunTransitions;
import dev.runyard.engine.timer.Timer;
import dev.runyard.engine.timer.TimerWheel;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.run.ExecutionStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;

/// Accepts a run: decides version and queue, commits it with others, then lets Redis know.
///
/// The answer waits for the commit, not for Redis. If Redis is away, the outbox row of the same
/// commit brings the run there later, and claims find it in the database meanwhile.
public final class TriggerRun {
    private final PrepareTrigger prepare;
    private final TriggerBatcher batcher;
    private final ResolveDuplicate duplicates;
    private final TriggerDebounced debounced;
    private final TriggerForParent forParent;
    private final AfterTrigger after;

    public TriggerRun(
            PrepareTrigger prepare,
            TriggerBatcher batcher,
            ResolveDuplicate duplicates,
            TriggerDebounced debounced,
            TriggerForParent forParent,
            AfterTrigger after) {
        this.prepare = prepare;
        this.batcher = batcher;
        this.duplicates = duplicates;
        this.debounced = debounced;
        this.forParent = forParent;
        this.after = after;
    }

    /// Triggers a run.
    ///
    /// @throws org.springframework.dao.DataAccessException where the database fails; the run may exist
    ///     all the same if the answer to the commit was lost, which a repeated call with the same keys
    ///     finds out
    public TriggerOutcome trigger(TriggerCommand command) {
        long start = System.nanoTime();
        String outcome = "failed";
        try {
            TriggerOutcome result = decide(command);
            outcome = result instanceof TriggerOutcome.Accepted ? "accepted" : "rejected";
            return result;
        } finally {
            after.metrics.triggered(outcome, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private TriggerOutcome decide(TriggerCommand command) {
        return switch (prepare.prepare(command)) {
            case PrepareTrigger.Prepared.Refused refused -> new TriggerOutcome.Rejected(refused.sentence());
            case PrepareTrigger.Prepared.Ready ready ->
                command.parentWait() != null
                        ? forParent.trigger(ready.row(), ready.window(), command.parentWait())
                        : ready.window() != null
                                ? settle(ready.row(), debounced.trigger(ready.row(), ready.window()))
                                : write(ready.row());
        };
    }

    private TriggerOutcome write(TriggerRow row) {
        try {
            long outboxId = batcher.write(row).join();
            after.committed(row, outboxId);
            return new TriggerOutcome.Accepted(row.runId(), false);
        } catch (CompletionException e) {
            if (e.getCause() instanceof TriggerBatcher.KeyTakenException) {
                return settle(row, duplicates.resolve(row));
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private TriggerOutcome settle(TriggerRow row, ResolveDuplicate.Resolution resolution) {
        return switch (resolution) {
            // A first try whose answer was lost holds the key itself.
            case ResolveDuplicate.Resolution.Existing existing ->
                existing.outcome().runId().equals(row.runId())
                        ? new TriggerOutcome.Accepted(row.runId(), false)
                        : existing.outcome();
            case ResolveDuplicate.Resolution.Written written -> {
                after.committed(written.row(), written.outboxId());
                yield new TriggerOutcome.Accepted(written.row().runId(), false);
            }
        };
    }

    /// Everything that follows the commit and may be lost with this process.
    public static final class AfterTrigger {
        private final RunQueue queue;
        private final WakeSignals wakes;
        private final TimerWheel timers;
        private final RunChanges changes;
        private final DoneRows done;
        private final EngineMetrics metrics;
        private final SyncPoints syncPoints;

        public AfterTrigger(
                RunQueue queue,
                WakeSignals wakes,
                TimerWheel timers,
                RunChanges changes,
                DoneRows done,
                EngineMetrics metrics,
                SyncPoints syncPoints) {
            this.queue = queue;
            this.wakes = wakes;
            this.timers = timers;
            this.changes = changes;
            this.done = done;
            this.metrics = metrics;
            this.syncPoints = syncPoints;
        }

        /// A run that was committed.
        ///
        /// @param row what was written
        /// @param outboxId the row that announces it to Redis
        record Committed(TriggerRow row, long outboxId) {
            private boolean isReady() {
                return row.execution() == ExecutionStatus.QUEUED && row.notBefore() == null;
            }

            private EnvironmentId environment() {
                return new EnvironmentId(row.environmentId());
            }

            private QueueEntry entry() {
                QueueKey key = new QueueKey(environment(), row.queue(), row.concurrencyKey());
                return new QueueEntry(key, row.workerQueue(), row.runId(), 1, row.score());
            }
        }

        void committed(TriggerRow row, long outboxId) {
            committed(List.of(new Committed(row, outboxId)));
        }

        /// Tells of runs that shared a commit; Redis hears of all of them at once.
        void committed(List<Committed> runs) {
            for (Committed run : runs) {
                TriggerRow row = run.row();
                RunTransitions.check(null, row.event(), row.execution());
                metrics.transition(null, row.event());
                syncPoints.reach(SyncPoint.TRIGGER_COMMITTED);
                if (row.timerKind() != null && row.timerDue() != null) {
                    timers.armed(new Timer(Timer.Kind.valueOf(row.timerKind()), row.runId(), row.timerDue()));
                }
            }
            publish(runs.stream().filter(Committed::isReady).toList());
            runs.forEach(run -> changes.publish(new RunChanged(
                    run.environment(), run.row().runId(), 1, run.row().status())));
        }

        private void publish(List<Committed> ready) {
            try {
                queue.publish(ready.stream().map(Committed::entry).toList());
                ready.forEach(run -> {
                    syncPoints.reach(SyncPoint.PROJECTION_APPLIED);
                    done.add(run.outboxId());
                });
            } catch (QueueUnavailableException e) {
                ready.stream().map(run -> run.row().workerQueue()).distinct().forEach(wakes::wake);
            }
        }
    }
}
