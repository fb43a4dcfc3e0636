/** Describes the tasks of a bundle. Entry: {@link dev.runyard.runner.index.IndexTasks}. */
@NullMarked
package dev.runyard.runner.index;

import org.jspecify.annotations.NullMarked;
