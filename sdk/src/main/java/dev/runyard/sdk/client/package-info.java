/**
 * Trigger tasks and read runs from backend code. Entry: {@link dev.runyard.sdk.client.Runyard}.
 *
 * <p>Every method blocks its thread; call them from virtual threads. Calls that fail on the way are repeated like the
 * official client does, under one idempotency key, so that a repeated trigger never makes a second run.
 */
@NullMarked
package dev.runyard.sdk.client;

import org.jspecify.annotations.NullMarked;
