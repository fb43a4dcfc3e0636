package dev.runyard.webapp.tenant;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.protocol.id.EnvironmentId;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Gives the runs of an environment and of its branches to a worker group: one of its organization, or that of the
/// installation.
@Component
public class AssignWorkerGroup {
    private final TenantRepositories repositories;
    private final TenantDirectory directory;
    private final TransactionTemplate transactions;

    AssignWorkerGroup(TenantRepositories repositories, TenantDirectory directory, TransactionTemplate transactions) {
        this.repositories = repositories;
        this.directory = directory;
        this.transactions = transactions;
    }

    /// Writes it down. Runs that wait already are still where they were.
    ///
    /// @return the environments that it concerns; none where the organization has no such group
    public List<EnvironmentId> assign(TenantEnvironment environment, String group) {
        UUID organization = environment.organization().id();
        List<EnvironmentId> changed = transactions.execute(_ -> repositories
                .workerGroups()
                .lock(group)
                .filter(one ->
                        one.organizationId() == null || one.organizationId().equals(organization))
                .map(one -> write(environment.id().value(), one.workerQueue()))
                .orElse(List.of()));
        directory.forget();
        return changed == null ? List.of() : changed;
    }

    private List<EnvironmentId> write(UUID id, String queue) {
        EnvironmentRepository environments = repositories.environments();
        return Stream.concat(
                        environments.findByIdAndArchivedAtIsNull(id).stream(),
                        environments.findByParentIdAndArchivedAtIsNullOrderByCreatedAt(id).stream())
                .map(environment -> {
                    EnvironmentId changed = new EnvironmentId(environment.id());
                    environment.setSupervisorQueue(EnvironmentSettings.ownWorkerQueue(changed), queue);
                    environments.save(environment);
                    return changed;
                })
                .toList();
    }
}
