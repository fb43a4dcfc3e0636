/// Hints that a run changed, for everyone who would otherwise poll: supervisors' long polls and live pages.
///
/// Entry: RunChanges. Hints may be lost; whoever needs certainty also looks at the database now and then
/// (answers H-20 only together with run_transition, which is the durable log).
@NullMarked
package dev.runyard.engine.change;

import org.jspecify.annotations.NullMarked;
