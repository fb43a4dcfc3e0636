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
        transactions.executeWithoutResult(_ -> environments
                .findByIdAndArchivedAtIsNull(id.value())
                .ifPresent(environment -> {
                    environment.leadRuns(EnvironmentSettings.ownWorkerQueue(id), areOwn);
                    environments.save(environment);
                }));
        directory.forget();
    }
}
