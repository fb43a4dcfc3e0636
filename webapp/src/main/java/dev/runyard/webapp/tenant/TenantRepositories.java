package dev.runyard.webapp.tenant;

import org.springframework.stereotype.Component;

/// The repositories of this package that are used together.
@Component
record TenantRepositories(
        OrganizationRepository organizations,
        ProjectRepository projects,
        EnvironmentRepository environments,
        WorkerGroupRepository workerGroups,
        WorkerGroupTokenRepository workerGroupTokens) {}
