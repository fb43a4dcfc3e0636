/// Starts, breaks and stops the parts of a whole Runyard.
@NullMarked
package dev.runyard.e2e.system;

import org.jspecify.annotations.NullMarked;
