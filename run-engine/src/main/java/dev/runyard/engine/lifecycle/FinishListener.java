package dev.runyard.engine.lifecycle;

import dev.runyard.engine.run.RunState;

/// Does what must be true with the end of a run that somebody awaits (`RunState.awaited`).
@FunctionalInterface
public interface FinishListener {
    /// Called in the transaction that ends the run, after the run's own statement. Transitions that it applies through
    /// RunLifecycle belong to the same transaction. The transaction may be repeated as a whole.
    ///
    /// @param change what ended the run, with its result
    /// @param after the finished run
    void onFinish(RunChange change, RunState after);
}
