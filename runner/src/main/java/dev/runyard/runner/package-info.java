/**
 * The process inside of a task container: {@link dev.runyard.runner.Runner} executes one run and exits,
 * {@link dev.runyard.runner.Indexer} describes the tasks of a bundle.
 *
 * <p>One process is one run. Its task runs on a thread of its own; everything else here watches that the process still
 * owns the run. The version of the run that the process holds travels with each call and fences it off once another
 * process was given the run.
 */
@NullMarked
package dev.runyard.runner;

import org.jspecify.annotations.NullMarked;
