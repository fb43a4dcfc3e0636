/// What the engine says of itself: metrics, and the named points where a test may stop or kill it.
@NullMarked
package dev.runyard.engine.observe;

import org.jspecify.annotations.NullMarked;
