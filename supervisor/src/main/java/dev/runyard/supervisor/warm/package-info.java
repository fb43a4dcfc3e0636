/// Workloads that have ended a run and are kept for another one of the same version and machine.
@NullMarked
package dev.runyard.supervisor.warm;

import org.jspecify.annotations.NullMarked;
