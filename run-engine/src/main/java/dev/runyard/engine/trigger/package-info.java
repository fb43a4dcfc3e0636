/// Accepting runs. Entry: TriggerRun.
///
/// A trigger is one row set written by one statement that many callers share (TriggerBatcher); the queue in
/// Redis hears of it after the commit, from the same thread or, after a crash, from the outbox (answers
/// H-1).
@NullMarked
package dev.runyard.engine.trigger;

import org.jspecify.annotations.NullMarked;
