/// A stand-in for the runner, for tests of what starts and watches runners.
@NullMarked
package dev.runyard.runner;

import org.jspecify.annotations.NullMarked;
