package dev.runyard.engine.queue;

import dev.runyard.protocol.id.EnvironmentId;
import java.util.List;

/// Port to the projection of the queue. Every method may throw QueueUnavailableException; the caller then
/// leaves the work to the outbox or, for claims, goes to the database.
public interface RunQueue {
    /// Puts runs into their queues. Runs that hold a slot at an older version give it back by that.
    void publish(List<QueueEntry> entries);

    /// Takes runs out that are older than the entry's version: slot, lease and place in the queue.
    void release(List<QueueEntry> entries);

    /// Takes up to n runs for a worker. Runs that wait only for a slot go before them and come on top of n.
    List<QueueClaim> claim(String workerQueue, int n);

    /// Takes up to n runs that wait only for a slot.
    List<QueueClaim> claimResumes(int n);

    /// Returns claims whose lease in Redis ran out before somebody confirmed or released them.
    List<QueueClaim> lapsedClaims(int limit);

    /// Forgets the lease of a claim that was confirmed.
    void forgetLease(QueueClaim claim);

    /// Writes limits and pauses. Raised ones take effect on what waits with [#reopen], which must follow.
    void limit(EnvironmentLimits limits);

    /// Tells whether exactly these limits are written.
    boolean holds(EnvironmentLimits limits);

    /// Opens or closes queue keys by the limits that are written. The keys must have been read after they were.
    void reopen(EnvironmentLimits limits, List<QueueKey> waiting);

    /// Ends the turns that an environment has in a worker queue that is not its own any more.
    void endTurns(EnvironmentId environment, String workerQueue);

    /// Returns the epoch under which claims are confirmed now.
    String epoch();

    /// Says that a claim was not made under the epoch that the database knows.
    void distrust();
}
