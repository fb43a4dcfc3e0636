package dev.runyard.webapp.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.config.Secret;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
    private final ApiKeyRepository apiKeys;
    private final RetiredKeyRepository retiredKeys;
    private final Seal seal;
    private final InstantSource clock;
    private final Cache<EnvironmentId, Optional<TenantEnvironment>> byId = cache();
    private final Cache<ByteBuffer, Optional<KnownKey>> byKeyHash = cache();
    private final Cache<Branch, Optional<TenantEnvironment>> byBranch = cache();
    private final Cache<EnvironmentId, List<Secret>> formerKeys = cache();

    TenantDirectory(
            EnvironmentRepository environments,
            ProjectRepository projects,
            OrganizationRepository organizations,
            ApiKeyRepository apiKeys,
            RetiredKeyRepository retiredKeys,
            Seal seal,
            InstantSource clock) {
        this.environments = environments;
        this.projects = projects;
        this.organizations = organizations;
        this.apiKeys = apiKeys;
        this.retiredKeys = retiredKeys;
        this.seal = seal;
        this.clock = clock;
    }

    /// A key that opens an environment.
    ///
    /// @param environment which
    /// @param scopes what the key permits, absent for everything
    /// @param until when it ends
    public record KnownKey(
            TenantEnvironment environment, @Nullable List<String> scopes, Instant until) {}

    private record Branch(EnvironmentId parent, String name) {}

    /// Finds what a key opens: an environment's own key, one that was lately replaced, or an additional one.
    public Optional<KnownKey> findByKey(String secretKey) {
        byte[] hash = Hashes.sha256(secretKey);
        return byKeyHash
                .get(ByteBuffer.wrap(hash), _ -> readKey(hash))
                .filter(key -> clock.instant().isBefore(key.until()));
    }

    private Optional<KnownKey> readKey(byte[] hash) {
        return environments
                .findByKeyHashAndArchivedAtIsNull(hash)
                .map(found -> new KnownKey(describe(found), null, Instant.MAX))
                .or(() -> retiredKeys
                        .findByKeyHash(hash)
                        .flatMap(key -> findEnvironment(new EnvironmentId(key.environmentId()))
                                .map(environment -> new KnownKey(environment, null, key.acceptedUntil()))))
                .or(() -> apiKeys.findByKeyHash(hash)
                        .filter(key -> key.isValidAt(clock.instant()))
                        .flatMap(key -> findEnvironment(new EnvironmentId(key.environmentId()))
                                .map(environment -> new KnownKey(environment, key.scopes(), key.validUntil()))));
    }

    /// Returns the keys that public tokens of an environment may be signed with, the newest first.
    public List<Secret> signingKeys(TenantEnvironment environment) {
        EnvironmentId holder = Objects.requireNonNullElse(environment.place().parent(), environment.id());
        List<Secret> former = formerKeys.get(
                holder,
                _ -> retiredKeys.findByEnvironmentIdAndAcceptedUntilAfter(holder.value(), clock.instant()).stream()
                        .map(key -> seal.open(key.key(), holder.toString()))
                        .toList());
        return Stream.concat(Stream.of(environment.secretKey()), former.stream())
                .toList();
    }

    /// Finds a branch of a preview environment.
    public Optional<TenantEnvironment> findBranch(EnvironmentId parent, String branch) {
        return byBranch.get(
                new Branch(parent, branch),
                key -> environments
                        .findByParentIdAndBranchAndArchivedAtIsNull(key.parent().value(), key.name())
                        .map(this::describe));
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
        byBranch.invalidateAll();
        formerKeys.invalidateAll();
    }

    private TenantEnvironment describe(Environment environment) {
        Project project = projects.findById(environment.projectId()).orElseThrow();
        Organization organization =
                organizations.findById(project.organizationId()).orElseThrow();
        EnvironmentId id = new EnvironmentId(environment.id());
        EnvironmentId parent = environment.parentId() == null ? null : new EnvironmentId(environment.parentId());
        return new TenantEnvironment(
                id,
                environment.type(),
                environment.slug(),
                parent == null ? seal.open(environment.key(), id.toString()) : keyOf(environment.parentId(), parent),
                environment.workerQueue(),
                environment.supervisorQueue(),
                environment.concurrencyLimit(),
                environment.isPaused(),
                new TenantEnvironment.OwningProject(project.id(), project.ref(), project.slug(), project.name()),
                new TenantEnvironment.OwningOrganization(organization.id(), organization.slug(), organization.title()),
                new TenantEnvironment.Place(parent, environment.branch(), environment.ownerId()));
    }

    private Secret keyOf(UUID parent, EnvironmentId id) {
        return seal.open(
                environments.findByIdAndArchivedAtIsNull(parent).orElseThrow().key(), id.toString());
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
