/// Everything that happens later is a row here; nothing else wakes a run up (answers H-12).
///
/// Entry: TimerWheel. What a timer does when it is due is decided by the TimerHandler it is given.
@NullMarked
package dev.runyard.engine.timer;

import org.jspecify.annotations.NullMarked;
