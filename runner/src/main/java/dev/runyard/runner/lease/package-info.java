/**
 * Knows whether this process still owns its run. Entry: {@link dev.runyard.runner.lease.RunWatch}.
 *
 * <p>Two nets: the run's newest versions are polled, and a process that could not renew its lease stops its task before
 * the server gives the run to another.
 */
@NullMarked
package dev.runyard.runner.lease;

import org.jspecify.annotations.NullMarked;
