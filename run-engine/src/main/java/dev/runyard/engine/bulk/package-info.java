/// Canceling or replaying many runs at once, in the background.
///
/// Entry: BulkActions; RunBulkActions does the work. An action and each run of it are rows, written before anything is
/// done, so that it goes on after a crash where it stopped and does nothing twice.
@NullMarked
package dev.runyard.engine.bulk;

import org.jspecify.annotations.NullMarked;
