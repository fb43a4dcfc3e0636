package dev.runyard.engine.gate;

import java.time.Duration;

/// Settings of queues.
///
/// @param sizeLimit most runs that may wait in one queue, where the environment names no other number
/// @param sizeCache how long a counted size of a queue is believed; half-empty queues are believed ten times as long
/// @param applyPeriod how often every environment's limits are written to Redis again, in case a change was missed
/// @param measuredQueues of how many queues, the busiest, metrics tell; 0 for none
/// @param measurePeriod how often they are counted
/// @param pollerSilence after how long without a claim a worker queue counts as served by nobody
/// @param explainedHolders most holders of slots that an explanation names
public record QueueConfig(
        int sizeLimit,
        Duration sizeCache,
        Duration applyPeriod,
        int measuredQueues,
        Duration measurePeriod,
        Duration pollerSilence,
        int explainedHolders) {

    /// The settings of a server whose operator changed none.
    public static final QueueConfig DEFAULT = new QueueConfig(
            1_000_000,
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            0,
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            10);
}
