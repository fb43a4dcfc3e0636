/**
 * Calls the supervisor's workload API. Entry: {@link dev.runyard.runner.workload.WorkloadClient}.
 *
 * <p>A call that failed on the way is repeated, because the server answers a repeated call like the first one. A call
 * that was refused is not: the run moved on without this process.
 */
@NullMarked
package dev.runyard.runner.workload;

import org.jspecify.annotations.NullMarked;
