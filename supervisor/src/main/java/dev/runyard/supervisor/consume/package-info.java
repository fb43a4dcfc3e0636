/// Taking runs: the long poll for work, the start of a workload, and the sign of life of this supervisor.
@NullMarked
package dev.runyard.supervisor.consume;

import org.jspecify.annotations.NullMarked;
