/// What happened in a run, as a tree of spans: the run, its attempts, their waits, its log lines, and the runs that it
/// triggered. Built from the engine's history and the stored log when somebody asks. Entry: TraceController.
@NullMarked
package dev.runyard.webapp.api.trace;

import org.jspecify.annotations.NullMarked;
