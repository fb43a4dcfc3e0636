/// What the engine must know of the control plane: environments and worker versions.
///
/// The engine owns no tables of these. The webapp implements the two ports over its own tables with a cache, tests
/// implement them in memory.
@NullMarked
package dev.runyard.engine.directory;

import org.jspecify.annotations.NullMarked;
