/**
 * Define tasks in Java: start at {@link dev.runyard.sdk.Task#define}.
 *
 * <p>A task is an immutable value in a static final field. The runner finds those fields by itself; there is no list to
 * maintain. Backend code triggers tasks with {@link dev.runyard.sdk.client.Runyard}.
 */
@NullMarked
package dev.runyard.sdk;

import org.jspecify.annotations.NullMarked;
