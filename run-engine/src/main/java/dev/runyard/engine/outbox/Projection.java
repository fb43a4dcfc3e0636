package dev.runyard.engine.outbox;

import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.queue.Lane;
import dev.runyard.engine.queue.QueueEntry;
import dev.runyard.engine.queue.QueueUnavailableException;
import dev.runyard.engine.queue.RunQueue;
import dev.runyard.engine.queue.WakeSignals;
import dev.runyard.engine.run.RunState;
import java.util.List;

/// Tells Redis of a committed transition from the thread that made it, and notes that the outbox row is done.
public final class Projection {
    private final RunQueue queue;
    private final WakeSignals wakes;
    private final DoneRows done;
    private final SyncPoints syncPoints;

    public Projection(RunQueue queue, WakeSignals wakes, DoneRows done, SyncPoints syncPoints) {
        this.queue = queue;
        this.wakes = wakes;
        this.done = done;
        this.syncPoints = syncPoints;
    }

    /// What Redis must do about a transition.
    public enum Topic {
        /// Nothing.
        NONE,
        /// Put the run into its queue.
        ENQUEUE,
        /// Take the run out.
        RELEASE,
        /// Read the limits of an environment again.
        LIMITS
    }

    /// Decides what Redis must do when a run goes from one state to another.
    public static Topic topicOf(RunState before, RunState after) {
        if (after.isReady()) {
            return Topic.ENQUEUE;
        }
        boolean wasInRedis = before.slotHeld() || before.isReady();
        return wasInRedis && !after.slotHeld() ? Topic.RELEASE : Topic.NONE;
    }

    /// Tells Redis now if it can be told; otherwise the relay does it later.
    ///
    /// @param outboxId the outbox row of the transition
    /// @param topic what to do
    /// @param state the run after the transition
    public void applyNow(long outboxId, Topic topic, RunState state) {
        QueueEntry entry = QueueEntry.of(state);
        try {
            if (topic == Topic.ENQUEUE) {
                queue.publish(List.of(entry));
            } else {
                queue.release(List.of(entry));
            }
            syncPoints.reach(SyncPoint.PROJECTION_APPLIED);
            done.add(outboxId);
        } catch (QueueUnavailableException e) {
            wakes.wake(Lane.RESUME_QUEUE);
            wakes.wake(state.workerQueue());
        }
    }
}
