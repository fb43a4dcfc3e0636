package dev.runyard.engine.waitpoint;

import dev.runyard.engine.lifecycle.FinishListener;
import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.run.RunStatus;

/// Completes the waitpoint of a run with its end.
final class FinishAwaitedRun implements FinishListener {
    private final SettleWaitpoint settle;

    FinishAwaitedRun(SettleWaitpoint settle) {
        this.settle = settle;
    }

    @Override
    public void onFinish(RunChange change, RunState after) {
        settle.settle(after.runId().value(), outputOf(after));
    }

    /// The text is the run's result, which is stored once.
    static WaitpointOutput outputOf(RunState finished) {
        return new WaitpointOutput(null, null, finished.status() != RunStatus.COMPLETED_SUCCESSFULLY);
    }
}
