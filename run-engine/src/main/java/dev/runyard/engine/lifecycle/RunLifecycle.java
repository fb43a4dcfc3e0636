package dev.runyard.engine.lifecycle;

import dev.runyard.engine.change.RunChanged;
import dev.runyard.engine.change.RunChanges;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.observe.Repair;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.outbox.Projection;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunTransitions;
import dev.runyard.engine.store.RepeatingTransactions;
import dev.runyard.engine.store.Transactions;
import dev.runyard.engine.timer.TimerWheel;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Applies one transition and everything that must be true with it, in a single statement. Only the end of a run that
/// somebody awaits needs a transaction, which the FinishListeners share.
///
/// The statement only finds the row at the version that the change was decided on. A concurrent writer makes it find
/// none; the caller then reads again and decides again, and never repeats the same change. Redis and listeners hear of
/// the change after the commit; if this process dies in between, the outbox row tells Redis.
public final class RunLifecycle {
    private final RunChangeWriter writer;
    private final SuccessWriter successes;
    private final Transactions transactions;
    private final LostAnswers lostAnswers;
    private final LeadToWorkers leadToWorkers;
    private final List<FinishListener> finishListeners = new CopyOnWriteArrayList<>();
    private final Projection projection;
    private final TimerWheel timers;
    private final RunChanges changes;
    private final EngineMetrics metrics;
    private final SyncPoints syncPoints;
    private final InstantSource clock;

    /// Who hears of a change after its commit.
    public record Listeners(Projection projection, TimerWheel timers, RunChanges changes, EngineMetrics metrics) {}

    public RunLifecycle(
            Listeners listeners,
            RunChangeWriter writer,
            SuccessWriter successes,
            Transactions transactions,
            LostAnswers lostAnswers,
            LeadToWorkers leadToWorkers,
            SyncPoints syncPoints,
            InstantSource clock) {
        this.projection = listeners.projection();
        this.timers = listeners.timers();
        this.changes = listeners.changes();
        this.metrics = listeners.metrics();
        this.writer = writer;
        this.successes = successes;
        this.transactions = transactions;
        this.lostAnswers = lostAnswers;
        this.leadToWorkers = leadToWorkers;
        this.syncPoints = syncPoints;
        this.clock = clock;
    }

    /// Adds a part in the end of every run that somebody awaits.
    public void onFinish(FinishListener listener) {
        finishListeners.add(listener);
    }

    /// Applies a change, in the transaction under way where there is one; others then hear of it after the commit.
    ///
    /// @return the new state, or nothing where the run is no longer at the version it was decided on
    /// @throws IllegalStateException where the change is not in the transition table
    /// @throws DataAccessException where the database fails. The row did not show the change then; a commit that
    ///     was under way when the connection broke may still end, and who asks again finds its version
    public Optional<RunState> apply(RunChange asked) {
        RunChange change = leadToWorkers.lead(asked.holdingUntilDue(clock.instant()));
        RunTransitions.check(
                change.before().execution(), change.event(), change.after().execution());
        RunState after = change.after().toBuilder()
                .version(change.before().version() + 1)
                .lastEvent(change.event())
                .updatedAt(clock.instant())
                .build();
        syncPoints.reach(SyncPoint.TRANSITION_DECIDED);
        if (transactions.isUnderWay()) {
            return writeOrFinish(change, after);
        }
        try {
            return RepeatingTransactions.repeating(() -> writeOrFinish(change, after));
        } catch (DataAccessException | TransactionException e) {
            return settle(change, after, e);
        }
    }

    private Optional<RunState> writeOrFinish(RunChange change, RunState after) {
        return after.isFinished() && change.before().awaited()
                ? transactions.execute(() -> finish(change, after))
                : write(change, after);
    }

    /// The commit's answer may be what was lost.
    private Optional<RunState> settle(RunChange change, RunState after, RuntimeException failure) {
        if (!lostAnswers.wasWritten(after, failure)) {
            throw failure;
        }
        metrics.repaired(Repair.ANSWER, 1);
        committed(change, after, Projection.topicOf(change.before(), after), 0);
        return Optional.of(after);
    }

    private Optional<RunState> finish(RunChange change, RunState after) {
        Optional<RunState> written = write(change, after);
        written.ifPresent(finished -> finishListeners.forEach(listener -> listener.onFinish(change, finished)));
        return written;
    }

    private Optional<RunState> write(RunChange change, RunState after) {
        Projection.Topic topic = Projection.topicOf(change.before(), after);
        OptionalLong outboxId = SuccessWriter.takes(change) && !transactions.isUnderWay()
                ? successes.write(change, after)
                : writer.write(change, after, topic);
        if (outboxId.isEmpty()) {
            return Optional.empty();
        }
        transactions.afterCommit(() -> committed(change, after, topic, outboxId.getAsLong()));
        return Optional.of(after);
    }

    private void committed(RunChange change, RunState after, Projection.Topic topic, long outboxId) {
        syncPoints.reach(SyncPoint.TRANSITION_COMMITTED);
        metrics.transition(change.before(), after);
        if (change.arm() != null) {
            timers.armed(change.arm());
        }
        if (topic != Projection.Topic.NONE) {
            projection.applyNow(outboxId, topic, after);
        }
        changes.publish(new RunChanged(after.environmentId(), after.runId(), after.version(), after.status()));
    }
}
