package dev.runyard.engine.recovery;

import dev.runyard.engine.queue.QueueUnavailableException;
import dev.runyard.engine.queue.redis.RedisInventory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares Redis with the database now and then and puts right what is wrong, whatever made it wrong.
///
/// The engine makes no such difference by itself. But a Redis may lose single keys (eviction, an operator,
/// a restored backup), and a limit that is off by one slot for ever is a fault that nobody would find.
public final class CompareQueue {
    private static final Logger LOG = LoggerFactory.getLogger(CompareQueue.class);

    private final RedisInventory redis;
    private final CompareSlots slots;
    private final CompareWaiting waiting;
    private final CompareIndexes indexes;

    public CompareQueue(RedisInventory redis, CompareSlots slots, CompareWaiting waiting, CompareIndexes indexes) {
        this.redis = redis;
        this.slots = slots;
        this.waiting = waiting;
        this.indexes = indexes;
    }

    /// Compares once; returns how much was put right.
    public synchronized int compare() {
        if (!redis.isInUse()) {
            return 0;
        }
        try {
            // Slots first: what is published must meet right counts. Indexes last: they follow from all
            // the rest.
            int repaired = slots.compare() + waiting.compare() + indexes.compare();
            if (repaired > 0) {
                LOG.warn("Redis differed from the database in {} places, which were put right", repaired);
            }
            return repaired;
        } catch (QueueUnavailableException e) {
            LOG.debug("Redis went away while it was compared: {}", e.getMessage());
            return 0;
        }
    }
}
