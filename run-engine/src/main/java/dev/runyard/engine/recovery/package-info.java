/// What makes up for lost workers, lost messages and elapsed time: leases, timers that fell due, claims nobody
/// confirmed.
///
/// Everything here decides on the newest state and changes it only through RunLifecycle, so any of it may
/// run twice, late, or on several webapps at once.
@NullMarked
package dev.runyard.engine.recovery;

import org.jspecify.annotations.NullMarked;
