package dev.runyard.webapp.api.project;

import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.auth.Caller;
import dev.runyard.webapp.auth.OrganizationCaller;
import dev.runyard.webapp.auth.UserCaller;
import dev.runyard.webapp.tenant.BranchName;
import dev.runyard.webapp.tenant.EnvironmentType;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.Projects;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.tenant.TenantDirectory;
import dev.runyard.webapp.tenant.TenantEnvironment;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// Finds the project or the environment that an address names, for those who may use it. A project of others is as
/// unknown as one that does not exist.
@Component
public class ProjectAccess {
    private final Projects projects;
    private final Memberships memberships;
    private final TenantDirectory directory;

    ProjectAccess(Projects projects, Memberships memberships, TenantDirectory directory) {
        this.projects = projects;
        this.memberships = memberships;
        this.directory = directory;
    }

    /// What an address names.
    ///
    /// @param project reference such as `proj_abc`
    /// @param environment such as `prod`
    /// @param branch as the request's header says
    public record Target(
            String project, String environment, @Nullable String branch) {}

    /// Returns a project in which a person has at least a role.
    public Projects.Listed project(UserCaller caller, String ref, Role needed) {
        Projects.Listed project = projects.find(ref).orElseThrow(ProjectAccess::unknown);
        require(caller.person().id(), project.organization().id(), needed);
        return project;
    }

    /// Throws where a person has less than a role in an organization.
    void require(UUID user, UUID organization, Role needed) {
        Role role = memberships.role(user, organization).orElseThrow(ProjectAccess::unknown);
        if (!role.includes(needed)) {
            throw ApiException.of(
                    HttpStatus.FORBIDDEN,
                    "You need the role " + needed + " in this organization, and have the role " + role + ".");
        }
    }

    /// Returns the environment that an address names.
    public TenantEnvironment environment(Caller caller, Target target, Role needed) {
        EnvironmentType type = type(target.environment());
        return switch (caller) {
            case ApiCaller api -> ofKey(api, target, type);
            case UserCaller user -> ofUser(user, target, type, needed);
            case OrganizationCaller machine -> ofMachine(machine, target, type);
        };
    }

    /// A machine is nobody, so it has no development environment.
    private TenantEnvironment ofMachine(OrganizationCaller caller, Target target, EnvironmentType type) {
        Projects.Listed project = projects.find(target.project())
                .filter(found ->
                        found.organization().id().equals(caller.holder().organization()))
                .orElseThrow(ProjectAccess::unknown);
        if (type == EnvironmentType.DEVELOPMENT) {
            throw ApiException.of(
                    HttpStatus.BAD_REQUEST,
                    "Invalid environment: a token of an organization has no development environment");
        }
        return shared(project, target, type);
    }

    private static TenantEnvironment ofKey(ApiCaller caller, Target target, EnvironmentType type) {
        TenantEnvironment environment = caller.environment();
        if (!environment.project().ref().equals(target.project()) || environment.type() != type) {
            throw ApiException.of(
                    HttpStatus.BAD_REQUEST,
                    "Invalid project or environment: the key belongs to another one than the address names");
        }
        return environment;
    }

    private TenantEnvironment ofUser(UserCaller caller, Target target, EnvironmentType type, Role needed) {
        Projects.Listed project = project(caller, target.project(), needed);
        return type == EnvironmentType.DEVELOPMENT
                ? branchOf(projects.ownEnvironment(project.id(), caller.person().id()), target)
                : shared(project, target, type);
    }

    private TenantEnvironment shared(Projects.Listed project, Target target, EnvironmentType type) {
        return branchOf(
                projects.environment(project.id(), type)
                        .orElseThrow(() -> ApiException.of(HttpStatus.NOT_FOUND, "Environment not found")),
                target);
    }

    private TenantEnvironment branchOf(TenantEnvironment environment, Target target) {
        String branch = target.branch();
        return branch == null || branch.isBlank() || !environment.hasBranch(branch)
                ? environment
                : branch(environment, branch);
    }

    private TenantEnvironment branch(TenantEnvironment parent, String name) {
        return BranchName.parse(name)
                .flatMap(branch -> directory.findBranch(parent.id(), branch))
                .orElseThrow(() -> ApiException.of(HttpStatus.NOT_FOUND, "No matching branch env"));
    }

    private static EnvironmentType type(String slug) {
        Optional<EnvironmentType> type = slug.equals("staging")
                ? Optional.of(EnvironmentType.STAGING)
                : slug.equals("production") ? Optional.of(EnvironmentType.PRODUCTION) : EnvironmentType.find(slug);
        return type.orElseThrow(() -> ApiException.of(
                HttpStatus.BAD_REQUEST, "Invalid environment: it must be dev, staging, prod or preview"));
    }

    static ApiException unknown() {
        return ApiException.of(HttpStatus.NOT_FOUND, "Project not found");
    }
}
