package dev.runyard.webapp.tenant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.config.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Worker groups of organizations: supervisors that take the runs of those environments alone that their organization
/// gives them. The installation's own group takes those of everybody else.
@Component
public class OrganizationWorkers {
    private final TenantRepositories repositories;
    private final TenantDirectory directory;
    private final MakeWorkerToken makeToken;
    private final WorkerGroups groups;
    private final TransactionTemplate transactions;
    private final InstantSource clock;
    private final TimeOrderedIds ids;

    OrganizationWorkers(
            TenantRepositories repositories,
            TenantDirectory directory,
            MakeWorkerToken makeToken,
            WorkerGroups groups,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.repositories = repositories;
        this.directory = directory;
        this.makeToken = makeToken;
        this.groups = groups;
        this.transactions = transactions;
        this.clock = clock;
        this.ids = new TimeOrderedIds(clock);
    }

    /// A token that was made.
    ///
    /// @param group whose it is
    /// @param token itself, which nobody can read again
    public record Made(UUID group, UUID id, Secret token) {}

    /// A group without what is secret of it.
    ///
    /// @param isShared whether it is the installation's own, whose tokens only its operator knows
    /// @param environments those of the organization whose runs it takes
    public record Listed(
            UUID id, String name, boolean isShared, List<EnvironmentId> environments, List<ListedToken> tokens) {}

    /// @param lastFour how it ends; absent for one that an earlier release made
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ListedToken(UUID id, @Nullable String lastFour, Instant createdAt) {}

    /// Makes a group with a first token; empty where a group has that name already.
    public Optional<Made> create(UUID organization, String name) {
        if (repositories.workerGroups().findByName(name).isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(transactions.execute(_ -> {
                UUID id = ids.next();
                repositories.workerGroups().save(new WorkerGroup(id, organization, name, name, clock.instant()));
                MakeWorkerToken.Made made = makeToken.make(id);
                return new Made(id, made.id(), made.token());
            }));
        } catch (DataIntegrityViolationException _) {
            // Somebody else was faster.
            return Optional.empty();
        }
    }

    /// Lists the installation's group and an organization's own, by name.
    public List<Listed> list(UUID organization) {
        List<TenantEnvironment> environments = directory.environments().stream()
                .filter(one -> one.organization().id().equals(organization))
                .toList();
        return repositories.workerGroups().findByOrganizationIdOrOrganizationIdIsNullOrderByName(organization).stream()
                .map(group -> listed(group, environments))
                .toList();
    }

    /// Makes another token of a group, so that one can be replaced without a gap; empty where the organization has no
    /// such group.
    public Optional<Made> issue(UUID organization, UUID group) {
        return repositories
                .workerGroups()
                .findByIdAndOrganizationId(group, organization)
                .map(found -> makeToken.make(found.id()))
                .map(made -> new Made(group, made.id(), made.token()));
    }

    /// Ends a token; false where there is none. Supervisors that have no other take no more runs and cannot report
    /// those that they execute.
    public boolean revoke(UUID organization, UUID group, UUID token) {
        Optional<WorkerGroupToken> found = repositories
                .workerGroups()
                .findByIdAndOrganizationId(group, organization)
                .flatMap(one -> repositories.workerGroupTokens().findByIdAndWorkerGroupId(token, one.id()));
        found.ifPresent(repositories.workerGroupTokens()::delete);
        groups.forget();
        return found.isPresent();
    }

    /// What became of the removal of a group.
    public enum Removal {
        /// It is gone, with its tokens.
        DONE,
        /// The organization has no such group.
        UNKNOWN,
        /// Environments give it their runs.
        IN_USE
    }

    /// Removes a group that no environment uses.
    public Removal remove(UUID organization, UUID group) {
        Removal removal = transactions.execute(_ -> repositories
                .workerGroups()
                .findByIdAndOrganizationId(group, organization)
                .flatMap(found -> repositories.workerGroups().lock(found.name()))
                .map(this::removeUnused)
                .orElse(Removal.UNKNOWN));
        groups.forget();
        return removal == null ? Removal.UNKNOWN : removal;
    }

    private Removal removeUnused(WorkerGroup group) {
        if (!repositories
                .environments()
                .findBySupervisorQueueAndArchivedAtIsNullOrderByCreatedAt(group.workerQueue())
                .isEmpty()) {
            return Removal.IN_USE;
        }
        WorkerGroupTokenRepository tokens = repositories.workerGroupTokens();
        tokens.findByWorkerGroupIdOrderByCreatedAt(group.id()).forEach(tokens::delete);
        repositories.workerGroups().delete(group);
        return Removal.DONE;
    }

    private Listed listed(WorkerGroup group, List<TenantEnvironment> environments) {
        boolean isShared = group.organizationId() == null;
        return new Listed(
                group.id(),
                group.name(),
                isShared,
                environments.stream()
                        .filter(one -> one.supervisorQueue().equals(group.workerQueue()))
                        .map(TenantEnvironment::id)
                        .toList(),
                isShared ? List.of() : tokens(group));
    }

    private List<ListedToken> tokens(WorkerGroup group) {
        return repositories.workerGroupTokens().findByWorkerGroupIdOrderByCreatedAt(group.id()).stream()
                .map(token -> new ListedToken(token.id(), token.lastFour(), token.createdAt()))
                .toList();
    }
}
