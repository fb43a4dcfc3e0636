/// Canceling or replaying many runs at once, in the background.
@NullMarked
package dev.runyard.engine.bulk;

import org.jspecify.annotations.NullMarked;
