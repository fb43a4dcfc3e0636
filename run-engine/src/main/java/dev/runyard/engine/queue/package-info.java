/// The run queue as the engine uses it: a port, its values, and the limits of queues.
///
/// Redis holds a projection of the queue; the truth is run_state. RunQueue is the port to the projection,
/// WakeSignals wakes long polls when a run may start.
@NullMarked
package dev.runyard.engine.queue;

import org.jspecify.annotations.NullMarked;
