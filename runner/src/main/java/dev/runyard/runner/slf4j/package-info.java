/**
 * Brings SLF4J lines of libraries to the run's log where a bundle has no logging library of its own. Entry:
 * {@link dev.runyard.runner.slf4j.RunLogProvider}.
 */
@NullMarked
package dev.runyard.runner.slf4j;

import org.jspecify.annotations.NullMarked;
