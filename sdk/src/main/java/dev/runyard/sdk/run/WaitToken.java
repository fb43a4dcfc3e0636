package dev.runyard.sdk.run;

/**
 * Something that a run waits for until somebody completes it.
 *
 * @param id the token, {@code waitpoint_…}
 * @param isCached whether an idempotency key led to the token of an earlier call
 * @param url whoever posts JSON to this address completes the token, without a key
 */
public record WaitToken(String id, boolean isCached, String url) {}
