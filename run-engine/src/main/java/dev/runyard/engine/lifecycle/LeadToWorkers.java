package dev.runyard.engine.lifecycle;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.store.Transactions;
import dev.runyard.protocol.run.ExecutionStatus;

/// Brings a run that goes back into its queue to the workers that its environment has by now. While it executed, it
/// stayed in the worker queue that it came from.
///
/// A change that is made within a larger transaction is left as it is, because the control plane is not asked there; so
/// is a run that goes on from something stored, which its former workers have. Whoever claims such a run leads it over.
public final class LeadToWorkers {
    private final Environments environments;
    private final Transactions transactions;

    public LeadToWorkers(Environments environments, Transactions transactions) {
        this.environments = environments;
        this.transactions = transactions;
    }

    RunChange lead(RunChange change) {
        RunState after = change.after();
        boolean returns =
                after.execution() == ExecutionStatus.QUEUED && !change.before().isReady() && after.checkpoint() == null;
        if (!returns || transactions.isUnderWay()) {
            return change;
        }
        return environments
                .find(after.environmentId())
                .map(EnvironmentSettings::workerQueue)
                .filter(present -> !present.equals(after.workerQueue()))
                .map(present -> change.to(after.toBuilder().workerQueue(present).build()))
                .orElse(change);
    }
}
