/// Ending runs before their time. Entry: CancelRun.
@NullMarked
package dev.runyard.engine.cancel;

import org.jspecify.annotations.NullMarked;
