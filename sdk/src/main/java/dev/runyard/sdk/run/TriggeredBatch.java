package dev.runyard.sdk.run;

/**
 * A batch of runs that was triggered without waiting for it.
 *
 * @param id the batch, {@code batch_…}
 * @param runCount runs in it
 * @param isCached whether an idempotency key led to the batch of an earlier call
 */
public record TriggeredBatch(String id, int runCount, boolean isCached) {}
