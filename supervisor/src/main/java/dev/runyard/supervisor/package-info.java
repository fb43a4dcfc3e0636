/// The supervisor: takes runs from the webapp, starts a workload for each, and answers for its end.
///
/// Read in this order: [dev.runyard.supervisor.consume.DequeueLoop] takes a run,
/// [dev.runyard.supervisor.consume.StartRun] starts its workload, the runner inside talks to
/// [dev.runyard.supervisor.workloadapi], which passes everything on to the webapp, and
/// [dev.runyard.supervisor.track.ReportExit] speaks for workloads that died without a word.
/// The supervisor keeps no state of its own that matters: what runs is known to the engine or
/// to the process folder, what it means is known to the webapp.
@NullMarked
package dev.runyard.supervisor;

import org.jspecify.annotations.NullMarked;
