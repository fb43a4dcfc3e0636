/** The smallest useful task: it greets, and fails a few times first where it is asked to. */
@NullMarked
package dev.runyard.examples.hello;

import org.jspecify.annotations.NullMarked;
