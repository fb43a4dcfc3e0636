package dev.runyard.webapp.tenant;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.protocol.id.EnvironmentId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Says who takes the runs of an environment: supervisors, or workers of its own.
@Component
public class ChooseWorkers {
    private final EnvironmentRepository environments;
    private final TenantDirectory directory;
    private final TransactionTemplate transactions;

    ChooseWorkers(EnvironmentRepository environments, TenantDirectory directory, TransactionTemplate transactions) {
        this.environments = environments;
        this.directory = directory;
        this.transactions = transactions;
    }

    /// Writes the choice.
    public void choose(EnvironmentId id, boolean areOwn) {
        String queue = areOwn ? EnvironmentSettings.ownWorkerQueue(id) : EnvironmentSettings.MAIN_WORKER_QUEUE;
        transactions.executeWithoutResult(_ -> environments
                .findByIdAndArchivedAtIsNull(id.value())
                .filter(environment -> needsChange(environment, areOwn))
                .ifPresent(environment -> {
                    environment.setWorkerQueue(queue);
                    environments.save(environment);
                }));
        directory.forget();
    }

    /// An operator may have given an environment another group of supervisors, which stays then.
    private static boolean needsChange(Environment environment, boolean areOwn) {
        EnvironmentId id = new EnvironmentId(environment.id());
        return environment.workerQueue().equals(EnvironmentSettings.ownWorkerQueue(id)) != areOwn;
    }
}
