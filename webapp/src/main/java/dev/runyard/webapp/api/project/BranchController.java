package dev.runyard.webapp.api.project;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonBody;
import dev.runyard.webapp.auth.UserCaller;
import dev.runyard.webapp.tenant.BranchName;
import dev.runyard.webapp.tenant.EnvironmentType;
import dev.runyard.webapp.tenant.Projects;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.tenant.TenantEnvironment;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Branches of a project's preview environment.
@RestController
@Permit(to = Credential.PERSONAL_TOKEN)
class BranchController {
    private static final int MAX_BODY = 65_536;

    private final Projects projects;
    private final ProjectAccess access;
    private final Audit audit;
    private final JsonBody bodies;

    BranchController(Projects projects, ProjectAccess access, Audit audit, JsonBody bodies) {
        this.projects = projects;
        this.access = access;
        this.audit = audit;
        this.bodies = bodies;
    }

    /// @param env of which environment; only `preview` has branches
    /// @param branch its name
    record BranchRequest(@Nullable String env, @Nullable String branch) {}

    /// @param id the branch's environment
    record Made(String id) {}

    /// @param branch its name
    record BranchItem(String id, String branch) {}

    record BranchList(List<BranchItem> branches) {}

    /// @param branch its environment
    record Archived(Made branch) {}

    @GetMapping("/api/v1/projects/{project}/branches")
    BranchList list(@AuthenticationPrincipal UserCaller caller, @PathVariable String project) {
        TenantEnvironment parent = parent(access.project(caller, project, Role.VIEWER));
        return new BranchList(projects.branches(parent.id()).stream()
                .map(one -> new BranchItem(
                        one.id().toString(), Objects.requireNonNull(one.place().branch())))
                .toList());
    }

    @PostMapping("/api/v1/projects/{project}/branches")
    Made upsert(@AuthenticationPrincipal UserCaller caller, @PathVariable String project, HttpServletRequest request)
            throws IOException {
        TenantEnvironment parent = parent(access.project(caller, project, Role.DEVELOPER));
        TenantEnvironment branch = projects.branch(parent, name(request));
        audit.add(caller, request, branch, new Audit.Change("branch.make", nameOf(branch), null));
        return new Made(branch.id().toString());
    }

    @PostMapping("/api/v1/projects/{project}/branches/archive")
    Archived archive(
            @AuthenticationPrincipal UserCaller caller, @PathVariable String project, HttpServletRequest request)
            throws IOException {
        TenantEnvironment parent = parent(access.project(caller, project, Role.DEVELOPER));
        String name = name(request);
        TenantEnvironment branch = projects.branches(parent.id()).stream()
                .filter(one -> name.equals(one.place().branch()))
                .findFirst()
                .orElseThrow(() -> ApiException.of(HttpStatus.NOT_FOUND, "Branch not found"));
        projects.archiveBranch(parent.id(), name);
        audit.add(caller, request, branch, new Audit.Change("branch.archive", name, null));
        return new Archived(new Made(branch.id().toString()));
    }

    private TenantEnvironment parent(Projects.Listed project) {
        return projects.environment(project.id(), EnvironmentType.PREVIEW)
                .orElseThrow(() -> ApiException.of(HttpStatus.NOT_FOUND, "The project has no preview environment"));
    }

    private String name(HttpServletRequest request) throws IOException {
        BranchRequest body = bodies.read(request, MAX_BODY, BranchRequest.class);
        if (body.env() != null && !body.env().equals("preview")) {
            throw ApiException.invalidBody("env", "must be preview: other environments have no branches here");
        }
        return BranchName.parse(Objects.requireNonNullElse(body.branch(), ""))
                .orElseThrow(() -> ApiException.invalidBody(
                        "branch", "must be the name of a branch, of up to 255 letters, digits and ._/@#+-"));
    }

    private static String nameOf(TenantEnvironment branch) {
        return Objects.requireNonNullElse(branch.place().branch(), "");
    }
}
