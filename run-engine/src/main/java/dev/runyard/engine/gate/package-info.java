/// The gates between waiting runs and their slots, as operators set and see them: limits, overrides, pauses, sizes.
///
/// Entry: Queues. What holds is decided in the database; package queue brings it to Redis.
@NullMarked
package dev.runyard.engine.gate;

import org.jspecify.annotations.NullMarked;
