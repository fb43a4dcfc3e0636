/// Taking a machine away: a drained supervisor takes no new runs and serves those that it has to their end.
/// Begin with [dev.runyard.supervisor.drain.Drain].
@NullMarked
package dev.runyard.supervisor.drain;

import org.jspecify.annotations.NullMarked;
