/// Metadata and tags of runs, which change while a run waits, runs or has just ended, without being transitions.
///
/// Entry: RunMetadata. A change locks the rows of the runs that it touches, in the order of their ids, so no change is
/// lost however many processes write to one root.
@NullMarked
package dev.runyard.engine.metadata;

import org.jspecify.annotations.NullMarked;
