/**
 * Executes runs of an environment inside a process that has other things to do: an application, or a developer's session.
 * Entry: {@link dev.runyard.worker.Worker}.
 *
 * <p>It speaks with the server as supervisor and runner in one, by the environment's key. A run has a virtual thread, which
 * stands still while the run waits.
 */
@NullMarked
package dev.runyard.worker;

import org.jspecify.annotations.NullMarked;
