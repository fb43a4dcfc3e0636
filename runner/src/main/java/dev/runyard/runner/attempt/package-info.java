/**
 * Executes the attempts of one run: start, run the task's code, report, perhaps again. Entry:
 * {@link dev.runyard.runner.attempt.ExecuteRun}.
 */
@NullMarked
package dev.runyard.runner.attempt;

import org.jspecify.annotations.NullMarked;
