package dev.runyard.webapp.api.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.Ids;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonBody;
import dev.runyard.webapp.auth.Caller;
import dev.runyard.webapp.auth.UserCaller;
import dev.runyard.webapp.config.AppProperties;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.Projects;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.tenant.TenantEnvironment;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// Projects and their environments, as command lines use them.
@RestController
class ProjectController {
    private static final int MAX_BODY = 16_384;
    private static final int MAX_NAME = 100;

    private final Projects projects;
    private final Memberships memberships;
    private final ProjectAccess access;
    private final Audit audit;
    private final JsonBody bodies;
    private final AppProperties app;

    ProjectController(
            Projects projects,
            Memberships memberships,
            ProjectAccess access,
            Audit audit,
            JsonBody bodies,
            AppProperties app) {
        this.projects = projects;
        this.memberships = memberships;
        this.access = access;
        this.audit = audit;
        this.bodies = bodies;
        this.app = app;
    }

    /// @param externalRef such as `proj_abc`
    record ProjectItem(
            String id, String externalRef, String name, String slug, Instant createdAt, OrganizationItem organization) {
        static ProjectItem of(Projects.Listed one) {
            return new ProjectItem(
                    Ids.encode(one.id()),
                    one.ref(),
                    one.name(),
                    one.slug(),
                    one.createdAt(),
                    OrganizationItem.of(one.organization()));
        }
    }

    /// @param title what people call it
    record OrganizationItem(String id, String title, String slug, Instant createdAt) {
        static OrganizationItem of(Projects.ListedOrganization one) {
            return new OrganizationItem(one.id().toString(), one.title(), one.slug(), one.createdAt());
        }
    }

    /// An environment, with the key that tools go on with.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EnvironmentItem(String apiKey, String name, String apiUrl, String projectId) {}

    /// @param name what people will call it
    record NewProject(@Nullable String name) {}

    @Permit(to = Credential.PERSONAL_TOKEN)
    @GetMapping("/api/v1/orgs")
    List<OrganizationItem> organizations(@AuthenticationPrincipal UserCaller caller) {
        return memberships.organizations(caller.person().id()).stream()
                .flatMap(one -> projects.organization(one.slug()).stream())
                .map(OrganizationItem::of)
                .toList();
    }

    @Permit(to = Credential.PERSONAL_TOKEN)
    @GetMapping("/api/v1/projects")
    List<ProjectItem> list(@AuthenticationPrincipal UserCaller caller) {
        return memberships.organizations(caller.person().id()).stream()
                .flatMap(one -> projects.list(one.id()).stream())
                .map(ProjectItem::of)
                .toList();
    }

    @Permit(to = Credential.PERSONAL_TOKEN)
    @GetMapping("/api/v1/projects/{project}")
    ProjectItem show(@AuthenticationPrincipal UserCaller caller, @PathVariable String project) {
        return ProjectItem.of(access.project(caller, project, Role.VIEWER));
    }

    @Permit(to = Credential.PERSONAL_TOKEN)
    @Accepts(Void.class)
    @PostMapping("/api/v1/projects/{project}/init")
    ProjectItem init(@AuthenticationPrincipal UserCaller caller, @PathVariable String project) {
        return ProjectItem.of(access.project(caller, project, Role.DEVELOPER));
    }

    @Permit(to = Credential.PERSONAL_TOKEN)
    @Accepts(NewProject.class)
    @PostMapping("/api/v1/orgs/{organization}/projects")
    ProjectItem create(
            @AuthenticationPrincipal UserCaller caller, @PathVariable String organization, HttpServletRequest request)
            throws IOException {
        UUID owner = projects.organization(organization)
                .map(Projects.ListedOrganization::id)
                .orElseThrow(ProjectAccess::unknown);
        access.require(caller.person().id(), owner, Role.ADMIN);
        String name = bodies.read(request, MAX_BODY, NewProject.class).name();
        if (name == null || name.isBlank() || name.length() > MAX_NAME) {
            throw ApiException.invalidBody("name", "must have 1 to " + MAX_NAME + " characters");
        }
        Projects.Listed made = projects.create(owner, name.strip());
        audit.add(caller, request, owner, new Audit.Change("project.create", made.ref(), null));
        return ProjectItem.of(made);
    }

    @Permit(
            to = {Credential.PERSONAL_TOKEN, Credential.ORGANIZATION_TOKEN, Credential.KEY},
            scopes = "read:apiKeys")
    @GetMapping("/api/v1/projects/{project}/{environment:dev|stg|staging|prod|production|preview}")
    EnvironmentItem environment(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String project,
            @PathVariable String environment,
            @RequestHeader(name = "x-trigger-branch", required = false) @Nullable String branch) {
        TenantEnvironment found =
                access.environment(caller, new ProjectAccess.Target(project, environment, branch), Role.DEVELOPER);
        return new EnvironmentItem(
                found.secretKey().value(),
                found.project().name(),
                app.url(),
                Ids.encode(found.project().id()));
    }
}
