/// What runs a task: one contract, [WorkloadManager], and an implementation of it for each place to run.
///
/// A workload is named by its runner name, which is unique for each time that a run is handed out, so a
/// workload of a run's past can never be taken for its present one.
@NullMarked
package dev.runyard.supervisor.workload;

import org.jspecify.annotations.NullMarked;
