/// Batches of runs. Entries: BatchController for today's two steps (make a batch, then stream its items),
/// OneStepController for the older calls that bring all items at once, BatchReadController for what became of them.
@NullMarked
package dev.runyard.webapp.api.batch;

import org.jspecify.annotations.NullMarked;
