/** Threads of a run. */
@NullMarked
package dev.runyard.runner.thread;

import org.jspecify.annotations.NullMarked;
