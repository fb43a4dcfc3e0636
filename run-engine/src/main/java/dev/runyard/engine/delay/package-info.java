/// Moving the end of a run's delay. Entry: RescheduleRun. What happens at its end is decided by recovery.FireTimer.
@NullMarked
package dev.runyard.engine.delay;

import org.jspecify.annotations.NullMarked;
