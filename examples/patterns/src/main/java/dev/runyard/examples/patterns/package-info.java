/** One small task per thing that a task can do. */
@NullMarked
package dev.runyard.examples.patterns;

import org.jspecify.annotations.NullMarked;
