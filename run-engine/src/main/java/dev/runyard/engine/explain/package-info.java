/// Says why a run does not execute, from the database alone.
///
/// Entry: ExplainRun.
@NullMarked
package dev.runyard.engine.explain;

import org.jspecify.annotations.NullMarked;
