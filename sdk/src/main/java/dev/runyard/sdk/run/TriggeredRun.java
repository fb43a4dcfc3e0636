package dev.runyard.sdk.run;

/**
 * A run that a run triggered without waiting for it.
 *
 * @param id the run, {@code run_…}
 * @param isCached whether an idempotency key led to the run of an earlier call
 */
public record TriggeredRun(String id, boolean isCached) {}
