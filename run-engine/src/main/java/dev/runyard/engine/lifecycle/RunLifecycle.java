package dev.runyard.engine.lifecycle;

import dev.runyard.engine.change.RunChanged;
import dev.runyard.engine.change.RunChanges;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.outbox.Projection;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunTransitions;
import dev.runyard.engine.timer.TimerWheel;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.dao.DataAccessException;

/// Applies one transition and everything that must be true with it, in a single statement.
///
/// The statement only finds the row at the version that the change was decided on. A concurrent writer makes it find
/// none; the caller then reads again and decides again, and never repeats the same change. Redis and listeners hear of
/// the change after the commit; if this process dies in between, the outbox row tells Redis.
public final class RunLifecycle {
    private final RunChangeWriter writer;
    private final Projection projection;
    private final TimerWheel timers;
    private final RunChanges changes;
    private final EngineMetrics metrics;
    private final SyncPoints syncPoints;
    private final InstantSource clock;

    /// Who hears of a change after its commit.
    public record Listeners(Projection projection, TimerWheel timers, RunChanges changes, EngineMetrics metrics) {}

    public RunLifecycle(Listeners listeners, RunChangeWriter writer, SyncPoints syncPoints, InstantSource clock) {
        this.projection = listeners.projection();
        this.timers = listeners.timers();
        this.changes = listeners.changes();
        this.metrics = listeners.metrics();
        this.writer = writer;
        this.syncPoints = syncPoints;
        this.clock = clock;
    }

    /// Applies a change.
    ///
    /// @return the new state, or nothing where the run is no longer at the version that the change was decided on
    /// @throws IllegalStateException where the change is not in the transition table
    /// @throws DataAccessException where the database fails; nothing was written, or the commit's answer was lost
    public Optional<RunState> apply(RunChange change) {
        RunTransitions.check(
                change.before().execution(), change.event(), change.after().execution());
        RunState after = change.after().toBuilder()
                .version(change.before().version() + 1)
                .lastEvent(change.event())
                .updatedAt(clock.instant())
                .build();
        Projection.Topic topic = Projection.topicOf(change.before(), after);
        syncPoints.reach(SyncPoint.TRANSITION_DECIDED);
        OptionalLong written = writer.write(change, after, topic);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        syncPoints.reach(SyncPoint.TRANSITION_COMMITTED);
        metrics.transition(change.before().execution(), change.event());
        if (change.arm() != null) {
            timers.armed(change.arm());
        }
        if (topic != Projection.Topic.NONE) {
            projection.applyNow(written.getAsLong(), topic, after);
        }
        changes.publish(new RunChanged(after.environmentId(), after.runId(), after.version(), after.status()));
        return Optional.of(after);
    }
}
