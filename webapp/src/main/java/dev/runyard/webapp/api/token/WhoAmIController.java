package dev.runyard.webapp.api.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.auth.Caller;
import dev.runyard.webapp.auth.OrganizationCaller;
import dev.runyard.webapp.auth.UserCaller;
import dev.runyard.webapp.config.AppProperties;
import dev.runyard.webapp.tenant.Memberships;
import dev.runyard.webapp.tenant.OrganizationTokens;
import dev.runyard.webapp.tenant.Person;
import dev.runyard.webapp.tenant.Projects;
import dev.runyard.webapp.tenant.TenantEnvironment;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Whose a credential is.
@RestController
class WhoAmIController {
    private final Projects projects;
    private final Memberships memberships;
    private final AppProperties app;

    WhoAmIController(Projects projects, Memberships memberships, AppProperties app) {
        this.projects = projects;
        this.memberships = memberships;
        this.app = app;
    }

    /// The environment of a key.
    ///
    /// @param slug such as `prod`
    /// @param type such as `PRODUCTION`
    /// @param branch which branch of a preview environment
    /// @param dashboardUrl where people look at it
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WhoAmI(
            String id,
            String slug,
            String type,
            @Nullable String branch,
            Project project,
            Organization organization,
            String dashboardUrl) {}

    /// @param ref such as `proj_abc`
    record Project(String ref, String slug, String name) {}

    record Organization(String slug, String title) {}

    /// The person of a personal token; a token of an organization counts as one.
    ///
    /// @param email a valid address, which the official tools check
    /// @param project what was asked for, where they belong to it
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Self(
            String userId,
            String email,
            String dashboardUrl,
            @Nullable SelfProject project) {}

    /// @param url where people look at it
    /// @param orgTitle who it belongs to
    record SelfProject(String name, String url, String orgTitle) {}

    @Permit(to = Credential.KEY, anyScope = true)
    @GetMapping("/api/v1/whoami")
    WhoAmI whoAmI(@AuthenticationPrincipal ApiCaller caller) {
        TenantEnvironment environment = caller.environment();
        return new WhoAmI(
                environment.id().toString(),
                environment.slug(),
                environment.type().name(),
                environment.place().branch(),
                new Project(
                        environment.project().ref(),
                        environment.project().slug(),
                        environment.project().name()),
                new Organization(
                        environment.organization().slug(),
                        environment.organization().title()),
                app.url());
    }

    @Permit(to = {Credential.PERSONAL_TOKEN, Credential.ORGANIZATION_TOKEN})
    @GetMapping("/api/v2/whoami")
    Self self(@AuthenticationPrincipal Caller caller, @RequestParam(required = false) @Nullable String projectRef) {
        return switch (caller) {
            case UserCaller(Person person) ->
                new Self(
                        person.id().toString(),
                        address(person.email()),
                        app.url(),
                        project(
                                projectRef,
                                found -> memberships
                                        .role(person.id(), found.organization().id())
                                        .isPresent()));
            case OrganizationCaller(OrganizationTokens.Holder holder) ->
                new Self(
                        holder.id().toString(),
                        "token@" + holder.id() + ".localdomain",
                        app.url(),
                        project(projectRef, found -> found.organization().id().equals(holder.organization())));
            case ApiCaller _ -> throw ApiException.notPermitted();
        };
    }

    private @Nullable SelfProject project(@Nullable String ref, Predicate<Projects.Listed> isTheirs) {
        return ref == null
                ? null
                : projects.find(ref)
                        .filter(isTheirs)
                        .map(found -> new SelfProject(
                                found.name(), app.url(), found.organization().title()))
                        .orElse(null);
    }

    /// The first user of an installation has an address without a domain, which the official tools refuse.
    private static String address(String email) {
        return email.substring(email.indexOf('@') + 1).contains(".") ? email : email + ".localdomain";
    }
}
