package dev.runyard.webapp.api.project;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Branches of a project's preview environment, and of the caller's own development environment.
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

    /// @param env of which environment, `preview` or `development`; absent for `preview`
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
    BranchList list(
            @AuthenticationPrincipal UserCaller caller,
            @PathVariable String project,
            @RequestParam(required = false) @Nullable String env) {
        TenantEnvironment parent = parent(caller, access.project(caller, project, Role.VIEWER), env);
        return new BranchList(projects.branches(parent.id()).stream()
                .map(one -> new BranchItem(
                        one.id().toString(), Objects.requireNonNull(one.place().branch())))
                .toList());
    }

    @Accepts(BranchRequest.class)
    @PostMapping("/api/v1/projects/{project}/branches")
    Made upsert(@AuthenticationPrincipal UserCaller caller, @PathVariable String project, HttpServletRequest request)
            throws IOException {
        Projects.Listed found = access.project(caller, project, Role.DEVELOPER);
        BranchRequest body = bodies.read(request, MAX_BODY, BranchRequest.class);
        TenantEnvironment branch = projects.branch(parent(caller, found, body.env()), name(body));
        audit.add(caller, request, branch, new Audit.Change("branch.make", nameOf(branch), null));
        return new Made(branch.id().toString());
    }

    @Accepts(BranchRequest.class)
    @PostMapping("/api/v1/projects/{project}/branches/archive")
    Archived archive(
            @AuthenticationPrincipal UserCaller caller, @PathVariable String project, HttpServletRequest request)
            throws IOException {
        Projects.Listed found = access.project(caller, project, Role.DEVELOPER);
        BranchRequest body = bodies.read(request, MAX_BODY, BranchRequest.class);
        TenantEnvironment parent = parent(caller, found, body.env());
        String name = name(body);
        TenantEnvironment branch = projects.branches(parent.id()).stream()
                .filter(one -> name.equals(one.place().branch()))
                .findFirst()
                .orElseThrow(() -> ApiException.of(HttpStatus.NOT_FOUND, "Branch not found"));
        projects.archiveBranch(parent.id(), name);
        audit.add(caller, request, branch, new Audit.Change("branch.archive", name, null));
        return new Archived(new Made(branch.id().toString()));
    }

    private TenantEnvironment parent(UserCaller caller, Projects.Listed project, @Nullable String env) {
        return switch (Objects.requireNonNullElse(env, "preview")) {
            case "preview" ->
                projects.environment(project.id(), EnvironmentType.PREVIEW)
                        .orElseThrow(
                                () -> ApiException.of(HttpStatus.NOT_FOUND, "The project has no preview environment"));
            case "development", "dev" ->
                projects.ownEnvironment(project.id(), caller.person().id());
            default ->
                throw ApiException.invalidBody(
                        "env", "must be preview or development: other environments have no branches");
        };
    }

    private static String name(BranchRequest body) {
        return BranchName.parse(Objects.requireNonNullElse(body.branch(), ""))
                .filter(name -> !name.equals("default") || "preview".equals(body.env()) || body.env() == null)
                .orElseThrow(() -> ApiException.invalidBody(
                        "branch", "must be the name of a branch, of up to 255 letters, digits and ._/@#+-"));
    }

    private static String nameOf(TenantEnvironment branch) {
        return Objects.requireNonNullElse(branch.place().branch(), "");
    }
}
