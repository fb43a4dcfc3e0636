/// The only way a run's state changes after it was triggered.
///
/// Entry: RunLifecycle, which applies one RunChange in one statement: state, history, result, timer and outbox (answers
/// H-4, H-6, H-26). Claims are written set-wise by package claim, under the same rules.
@NullMarked
package dev.runyard.engine.lifecycle;

import org.jspecify.annotations.NullMarked;
