/** The body of a trigger call and the grammar of its durations. */
@NullMarked
package dev.runyard.protocol.trigger;

import org.jspecify.annotations.NullMarked;
