package dev.runyard.webapp.tenant;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.TimeOrderedIds;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Projects with their environments, as their members may use them.
@Component
public class Projects {
    private static final int REF_CHARACTERS = 20;
    private static final String REF_ALPHABET = "abcdefghijklmnopqrstuvwxyz";

    private final TenantRepositories repositories;
    private final MakeEnvironment makeEnvironment;
    private final TenantDirectory directory;
    private final TransactionTemplate transactions;
    private final EntityManager entityManager;
    private final InstantSource clock;
    private final TimeOrderedIds ids;

    Projects(
            TenantRepositories repositories,
            MakeEnvironment makeEnvironment,
            TenantDirectory directory,
            TransactionTemplate transactions,
            EntityManager entityManager,
            InstantSource clock) {
        this.repositories = repositories;
        this.makeEnvironment = makeEnvironment;
        this.directory = directory;
        this.transactions = transactions;
        this.entityManager = entityManager;
        this.clock = clock;
        this.ids = new TimeOrderedIds(clock);
    }

    /// A project as tools see it.
    ///
    /// @param id internal
    /// @param ref such as `proj_abc`
    /// @param slug part of addresses
    /// @param name what people call it
    /// @param createdAt when it was made
    /// @param organization who it belongs to
    public record Listed(
            UUID id, String ref, String slug, String name, Instant createdAt, ListedOrganization organization) {}

    /// @param title what people call it
    public record ListedOrganization(UUID id, String slug, String title, Instant createdAt) {}

    /// Finds a project by its reference.
    public Optional<Listed> find(String ref) {
        return repositories.projects().findByRef(ref).map(this::listed);
    }

    /// Lists the projects of an organization, the oldest first.
    public List<Listed> list(UUID organization) {
        return repositories.projects().findByOrganizationIdOrderByCreatedAt(organization).stream()
                .map(this::listed)
                .toList();
    }

    /// Finds an organization by its slug or its id.
    public Optional<ListedOrganization> organization(String slugOrId) {
        return repositories
                .organizations()
                .findBySlug(slugOrId)
                .or(() -> uuid(slugOrId).flatMap(repositories.organizations()::findById))
                .map(Projects::listed);
    }

    /// Makes a project with a staging, a production and a preview environment.
    public Listed create(UUID organization, String name) {
        Listed project = transactions.execute(_ -> {
            Project made = repositories
                    .projects()
                    .save(new Project(
                            ids.next(),
                            organization,
                            "proj_" + RandomText.of(REF_CHARACTERS, REF_ALPHABET),
                            freeSlug(name),
                            name,
                            clock.instant()));
            List.of(EnvironmentType.STAGING, EnvironmentType.PRODUCTION, EnvironmentType.PREVIEW)
                    .forEach(type -> makeEnvironment.withKey(made.id(), type, null));
            return listed(made);
        });
        directory.forget();
        return project;
    }

    /// Makes an organization, whose first member owns it.
    public ListedOrganization createOrganization(String title) {
        String slug = slug(title) + "-" + RandomText.of(4, REF_ALPHABET);
        return listed(repositories.organizations().save(new Organization(ids.next(), slug, title, clock.instant())));
    }

    /// Finds the environment of a kind that all members share.
    public Optional<TenantEnvironment> environment(UUID project, EnvironmentType type) {
        return repositories
                .environments()
                .findByProjectIdAndTypeAndOwnerIdIsNullAndParentIdIsNull(project, type)
                .flatMap(found -> directory.findEnvironment(new EnvironmentId(found.id())));
    }

    /// Returns a developer's own environment, and makes it at the first call.
    public TenantEnvironment ownEnvironment(UUID project, UUID user) {
        EnvironmentId id = new EnvironmentId(transactions.execute(_ -> {
            lock(project);
            return repositories
                    .environments()
                    .findByProjectIdAndOwnerIdAndParentIdIsNullAndArchivedAtIsNull(project, user)
                    .orElseGet(() -> makeEnvironment.withKey(project, EnvironmentType.DEVELOPMENT, user))
                    .id();
        }));
        return directory
                .findEnvironment(id)
                .or(() -> {
                    directory.forget();
                    return directory.findEnvironment(id);
                })
                .orElseThrow();
    }

    /// Returns a branch of a preview or development environment, and makes it where there is none of the name.
    public TenantEnvironment branch(TenantEnvironment parent, String name) {
        EnvironmentId id = new EnvironmentId(transactions.execute(_ -> {
            lock(parent.id().value());
            return repositories
                    .environments()
                    .findByParentIdAndBranchAndArchivedAtIsNull(parent.id().value(), name)
                    .orElseGet(() -> makeEnvironment.branch(
                            repositories
                                    .environments()
                                    .findByIdAndArchivedAtIsNull(parent.id().value())
                                    .orElseThrow(),
                            name))
                    .id();
        }));
        directory.forget();
        return directory.require(id);
    }

    /// Lists the branches of an environment, the oldest first.
    public List<TenantEnvironment> branches(EnvironmentId parent) {
        return repositories.environments().findByParentIdAndArchivedAtIsNullOrderByCreatedAt(parent.value()).stream()
                .flatMap(branch -> directory.findEnvironment(new EnvironmentId(branch.id())).stream())
                .toList();
    }

    /// Ends a branch: its name is free again, and nothing opens it any more. False where there is none of the name.
    public boolean archiveBranch(EnvironmentId parent, String name) {
        boolean isFound = Boolean.TRUE.equals(transactions.execute(_ -> repositories
                .environments()
                .findByParentIdAndBranchAndArchivedAtIsNull(parent.value(), name)
                .map(branch -> {
                    branch.archive(clock.instant());
                    return repositories.environments().save(branch);
                })
                .isPresent()));
        directory.forget();
        return isFound;
    }

    /// Lets one at a time look for a row and make it.
    private void lock(UUID what) {
        entityManager
                .createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(:what, 0)) as text)")
                .setParameter("what", what.toString())
                .getSingleResult();
    }

    private String freeSlug(String name) {
        String slug = slug(name);
        return repositories.projects().existsBySlug(slug) ? slug + "-" + RandomText.of(4, REF_ALPHABET) : slug;
    }

    private static String slug(String name) {
        String slug =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return slug.isEmpty() ? "project" : slug;
    }

    private Listed listed(Project project) {
        Organization organization =
                repositories.organizations().findById(project.organizationId()).orElseThrow();
        return new Listed(
                project.id(), project.ref(), project.slug(), project.name(), project.createdAt(), listed(organization));
    }

    private static ListedOrganization listed(Organization one) {
        return new ListedOrganization(one.id(), one.slug(), one.title(), one.createdAt());
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
