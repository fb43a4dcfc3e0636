/** Waits of a run. Entry: {@link dev.runyard.runner.wait.OneWaitAtATime}. */
@NullMarked
package dev.runyard.runner.wait;

import org.jspecify.annotations.NullMarked;
