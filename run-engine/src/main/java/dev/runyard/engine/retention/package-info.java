/// Removes what is older than the operator wants to keep.
///
/// Entry: RemoveOldRows. Months of runs leave by dropping partitions; only what is mixed with runs that
/// still live is deleted row by row, a few at a time. Features whose rows belong to no month are OldRows.
@NullMarked
package dev.runyard.engine.retention;

import org.jspecify.annotations.NullMarked;
