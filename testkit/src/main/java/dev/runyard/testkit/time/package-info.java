/// A clock that tests move.
@NullMarked
package dev.runyard.testkit.time;

import org.jspecify.annotations.NullMarked;
