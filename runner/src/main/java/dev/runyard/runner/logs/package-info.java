/**
 * Brings a task's lines to the server. Entry: {@link dev.runyard.runner.logs.LogShipper}.
 *
 * <p>A task never waits for the network: lines are kept in a bounded buffer, the oldest are dropped where it is full,
 * and the number of dropped lines is the last line of the log.
 */
@NullMarked
package dev.runyard.runner.logs;

import org.jspecify.annotations.NullMarked;
