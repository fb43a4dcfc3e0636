package dev.runyard.webapp.tenant;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.config.BootstrapProperties;
import jakarta.persistence.EntityManager;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Sets a new installation up: an organization, a project, its environments, a worker group, and the files
/// that tell the other processes their keys. Every start repeats it; what exists stays as it is.
///
/// Runs before the server takes requests, so whoever sees the server ready finds the files. Of webapps that
/// start at the same time, one makes the rows while the others wait for its lock.
@Component
class BootstrapInstallation implements SmartInitializingSingleton {
    static final String PROJECT_REF = "proj_runyarddefault00000";
    private static final String PROJECT_SLUG = "default";
    static final String ORGANIZATION_SLUG = "runyard";
    private static final String WORKER_GROUP = "main";

    /// Any number that no other advisory lock of this database uses.
    private static final long LOCK = 0x52554e59_424f4f54L;

    private static final Logger log = LoggerFactory.getLogger(BootstrapInstallation.class);

    private final BootstrapProperties properties;
    private final RequireKnownKeys requireKnownKeys;
    private final TenantRepositories repositories;
    private final BootstrapFiles files;
    private final TenantDirectory directory;
    private final MakeEnvironment makeEnvironment;
    private final TransactionTemplate transactions;
    private final EntityManager entityManager;
    private final InstantSource clock;
    private final TimeOrderedIds ids;

    BootstrapInstallation(
            BootstrapProperties properties,
            RequireKnownKeys requireKnownKeys,
            TenantRepositories repositories,
            BootstrapFiles files,
            TenantDirectory directory,
            MakeEnvironment makeEnvironment,
            TransactionTemplate transactions,
            EntityManager entityManager,
            InstantSource clock) {
        this.properties = properties;
        this.requireKnownKeys = requireKnownKeys;
        this.repositories = repositories;
        this.files = files;
        this.directory = directory;
        this.makeEnvironment = makeEnvironment;
        this.transactions = transactions;
        this.entityManager = entityManager;
        this.clock = clock;
        this.ids = new TimeOrderedIds(clock);
    }

    @Override
    public void afterSingletonsInstantiated() {
        requireKnownKeys.check();
        if (properties.enabled()) {
            bootstrap();
        }
        // Opens every sealed key, so that a database that was tampered with stops the start and not the first request.
        int environments = directory.environments().size();
        if (environments == 0) {
            log.warn(
                    "There is no environment yet, so no key can be valid. Set RUNYARD_BOOTSTRAP_ENABLED=true to make one.");
        }
    }

    void bootstrap() {
        transactions.executeWithoutResult(_ -> {
            entityManager
                    .createNativeQuery("select cast(pg_advisory_xact_lock(:lock) as text)")
                    .setParameter("lock", LOCK)
                    .getSingleResult();
            Project project = project(organization());
            List.of(EnvironmentType.values()).forEach(type -> environment(project, type));
            files.writeWorkerToken(workerGroup());
        });
        directory.forget();
        files.writeSecrets(PROJECT_REF, directory.environments());
    }

    private Organization organization() {
        return repositories
                .organizations()
                .findBySlug(ORGANIZATION_SLUG)
                .orElseGet(() -> repositories
                        .organizations()
                        .save(new Organization(ids.next(), ORGANIZATION_SLUG, "Runyard", clock.instant())));
    }

    private Project project(Organization organization) {
        return repositories
                .projects()
                .findByRef(PROJECT_REF)
                .orElseGet(() -> repositories
                        .projects()
                        .save(new Project(ids.next(), organization.id(), PROJECT_REF, PROJECT_SLUG, clock.instant())));
    }

    private void environment(Project project, EnvironmentType type) {
        if (repositories
                .environments()
                .findByProjectIdAndTypeAndOwnerIdIsNullAndParentIdIsNull(project.id(), type)
                .isPresent()) {
            return;
        }
        makeEnvironment.withKey(project.id(), type, null);
        log.info("Made the environment {} of project {}", type.slug(), project.ref());
    }

    private WorkerGroup workerGroup() {
        return repositories
                .workerGroups()
                .findByName(WORKER_GROUP)
                .orElseGet(() -> repositories
                        .workerGroups()
                        .save(new WorkerGroup(
                                ids.next(),
                                null,
                                WORKER_GROUP,
                                EnvironmentSettings.MAIN_WORKER_QUEUE,
                                clock.instant())));
    }
}
