/// Workloads whose runs wait: they are laid to rest, and woken when their runs go on.
@NullMarked
package dev.runyard.supervisor.waiting;

import org.jspecify.annotations.NullMarked;
