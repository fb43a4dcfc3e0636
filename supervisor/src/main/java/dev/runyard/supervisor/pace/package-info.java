/// The tempo of things: pauses, growing pauses, and threads that repeat a step.
@NullMarked
package dev.runyard.supervisor.pace;

import org.jspecify.annotations.NullMarked;
