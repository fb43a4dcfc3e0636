/**
 * Finds the tasks of a class path, so that users keep no list of them. Entry:
 * {@link dev.runyard.sdk.discovery.DiscoverTasks}.
 *
 * <p>A class is loaded only if its bytes declare a field of the task type; nothing else is touched.
 */
@NullMarked
package dev.runyard.sdk.discovery;

import org.jspecify.annotations.NullMarked;
