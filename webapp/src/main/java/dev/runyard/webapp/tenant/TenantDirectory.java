package dev.runyard.webapp.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.protocol.id.EnvironmentId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Finds environments by id and by secret key, with a cache of seconds.
///
/// A change here is noticed by other webapps after at most that time; nothing that must hold at once may rest on it.
@Component
public class TenantDirectory implements Environments {
    private static final Duration STALENESS = Duration.ofSeconds(2);
    private static final int MAX_ENTRIES = 10_000;

    private final EnvironmentRepository environments;
    private final ProjectRepository projects;
    private final OrganizationRepository organizations;
    private final Seal seal;
    private final Cache<EnvironmentId, Optional<TenantEnvironment>> byId = cache();
    private final Cache<ByteBuffer, Optional<TenantEnvironment>> byKeyHash = cache();

    TenantDirectory(
            EnvironmentRepository environments,
            ProjectRepository projects,
            OrganizationRepository organizations,
            Seal seal) {
        this.environments = environments;
        this.projects = projects;
        this.organizations = organizations;
        this.seal = seal;
    }

    /// Finds the environment that a secret key belongs to.
    public Optional<TenantEnvironment> findByKey(String secretKey) {
        byte[] hash = Hashes.sha256(secretKey);
        return byKeyHash.get(
                ByteBuffer.wrap(hash),
                _ -> environments.findByKeyHashAndArchivedAtIsNull(hash).map(this::describe));
    }

    /// Finds an environment with what it belongs to.
    public Optional<TenantEnvironment> findEnvironment(EnvironmentId id) {
        return byId.get(
                id, _ -> environments.findByIdAndArchivedAtIsNull(id.value()).map(this::describe));
    }

    /// Returns an environment that is known to exist, such as a run's.
    ///
    /// @throws IllegalStateException where it was archived meanwhile
    public TenantEnvironment require(EnvironmentId id) {
        return findEnvironment(id)
                .orElseThrow(() -> new IllegalStateException("The environment " + id + " does not exist any more"));
    }

    /// Lists every environment, the oldest first.
    public List<TenantEnvironment> environments() {
        return environments.findByArchivedAtIsNullOrderByCreatedAt().stream()
                .map(this::describe)
                .toList();
    }

    @Override
    public Optional<EnvironmentSettings> find(EnvironmentId id) {
        return findEnvironment(id).map(TenantDirectory::settings);
    }

    @Override
    public List<EnvironmentSettings> all() {
        return environments().stream().map(TenantDirectory::settings).toList();
    }

    /// Forgets what was read before, after a change by this process.
    void forget() {
        byId.invalidateAll();
        byKeyHash.invalidateAll();
    }

    private TenantEnvironment describe(Environment environment) {
        Project project = projects.findById(environment.projectId()).orElseThrow();
        Organization organization =
                organizations.findById(project.organizationId()).orElseThrow();
        EnvironmentId id = new EnvironmentId(environment.id());
        return new TenantEnvironment(
                id,
                environment.type(),
                environment.slug(),
                seal.open(environment.key(), id.toString()),
                environment.workerQueue(),
                environment.concurrencyLimit(),
                environment.isPaused(),
                new TenantEnvironment.OwningProject(project.id(), project.ref(), project.slug(), project.name()),
                new TenantEnvironment.OwningOrganization(organization.id(), organization.slug(), organization.title()));
    }

    private static EnvironmentSettings settings(TenantEnvironment environment) {
        return new EnvironmentSettings(
                environment.id(),
                environment.type().name(),
                environment.concurrencyLimit(),
                environment.isPaused(),
                environment.workerQueue());
    }

    private static <K, V> Cache<K, V> cache() {
        return Caffeine.newBuilder()
                .maximumSize(MAX_ENTRIES)
                .expireAfterWrite(STALENESS)
                .build();
    }
}
