/// Many triggers with one key become one run, which starts after the key was quiet for a while.
///
/// Entry: trigger.TriggerDebounced, which asks this package what a trigger means for the run that collects
/// its key. There is no lock: the run's version decides between concurrent triggers and the end of the
/// delay (answers A18, A19).
@NullMarked
package dev.runyard.engine.debounce;

import org.jspecify.annotations.NullMarked;
