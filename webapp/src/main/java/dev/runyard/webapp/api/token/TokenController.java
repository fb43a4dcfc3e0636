package dev.runyard.webapp.api.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.config.AppProperties;
import dev.runyard.webapp.tenant.TenantEnvironment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// What a secret key is for.
@RestController
class TokenController {
    private final AppProperties app;

    TokenController(AppProperties app) {
        this.app = app;
    }

    /// The claims that the official client completes and signs by itself.
    @Permit(to = Credential.KEY, anyScope = true)
    @PostMapping("/api/v1/auth/jwt/claims")
    Map<String, Object> claims(@AuthenticationPrincipal ApiCaller caller) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", caller.environmentId().toString());
        claims.put("pub", true);
        return claims;
    }

    /// The environment of the key.
    ///
    /// @param slug such as `prod`
    /// @param type such as `PRODUCTION`
    /// @param dashboardUrl where people look at it
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WhoAmI(
            String id, String slug, String type, Project project, Organization organization, String dashboardUrl) {}

    /// @param ref such as `proj_abc`
    record Project(String ref, String slug, String name) {}

    record Organization(String slug, String title) {}

    @Permit(to = Credential.KEY, anyScope = true)
    @GetMapping("/api/v1/whoami")
    WhoAmI whoAmI(@AuthenticationPrincipal ApiCaller caller) {
        TenantEnvironment environment = caller.environment();
        return new WhoAmI(
                environment.id().toString(),
                environment.slug(),
                environment.type().name(),
                new Project(
                        environment.project().ref(),
                        environment.project().slug(),
                        environment.project().name()),
                new Organization(
                        environment.organization().slug(),
                        environment.organization().title()),
                app.url());
    }
}
