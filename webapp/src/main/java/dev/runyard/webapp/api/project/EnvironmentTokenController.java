package dev.runyard.webapp.api.project;

import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.token.IssueToken;
import dev.runyard.webapp.auth.Caller;
import dev.runyard.webapp.tenant.Role;
import dev.runyard.webapp.tenant.TenantEnvironment;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// Public tokens of an environment for the tools of a person or an organization.
@RestController
class EnvironmentTokenController {
    private final ProjectAccess access;
    private final IssueToken issueToken;

    EnvironmentTokenController(ProjectAccess access, IssueToken issueToken) {
        this.access = access;
        this.issueToken = issueToken;
    }

    @Permit(to = {Credential.PERSONAL_TOKEN, Credential.ORGANIZATION_TOKEN})
    @Accepts(value = IssueToken.JwtRequest.class, optional = true)
    @PostMapping("/api/v1/projects/{project}/{environment}/jwt")
    IssueToken.Token jwt(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String project,
            @PathVariable String environment,
            @RequestHeader(name = "x-trigger-branch", required = false) @Nullable String branch,
            HttpServletRequest request)
            throws IOException {
        TenantEnvironment found =
                access.environment(caller, new ProjectAccess.Target(project, environment, branch), Role.DEVELOPER);
        return issueToken.forPerson(found, request);
    }
}
