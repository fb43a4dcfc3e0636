/// Workloads as child processes, for machines without Docker.
///
/// A process outlives the supervisor that started it: it runs in a session of its own beneath a small shell
/// script that keeps its exit code, and a folder holds all that the next supervisor needs to take it over.
@NullMarked
package dev.runyard.supervisor.workload.process;

import org.jspecify.annotations.NullMarked;
