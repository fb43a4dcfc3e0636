package dev.runyard.webapp.api.project;

import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.auth.Caller;
import dev.runyard.webapp.auth.OrganizationCaller;
import dev.runyard.webapp.auth.UserCaller;
import dev.runyard.webapp.tenant.AuditLog;
import dev.runyard.webapp.tenant.TenantEnvironment;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Notes what callers of the public API change.
@Component
public class Audit {
    private final AuditLog log;

    Audit(AuditLog log) {
        this.log = log;
    }

    /// Notes a change in an environment.
    public void add(Caller caller, HttpServletRequest request, TenantEnvironment environment, Change change) {
        log.add(new AuditLog.Entry(
                environment.organization().id(),
                environment.id().value(),
                actor(caller, request),
                change.action(),
                change.target(),
                change.details()));
    }

    /// Notes a change in an organization.
    void add(Caller caller, HttpServletRequest request, UUID organization, Change change) {
        log.add(new AuditLog.Entry(
                organization, null, actor(caller, request), change.action(), change.target(), change.details()));
    }

    /// What was done.
    ///
    /// @param action such as `variable.write`
    /// @param target what was changed
    /// @param details what else helps to understand it
    public record Change(
            String action, String target, @Nullable String details) {}

    private static AuditLog.Actor actor(Caller caller, HttpServletRequest request) {
        String address = request.getRemoteAddr();
        return switch (caller) {
            case ApiCaller api
            when api.access() instanceof ApiCaller.Access.SignedIn signedIn ->
                new AuditLog.Actor("person", signedIn.person().email(), address);
            case ApiCaller api ->
                new AuditLog.Actor(kind(api), api.environmentId().toString(), address);
            case UserCaller user -> new AuditLog.Actor("person", user.person().email(), address);
            case OrganizationCaller machine ->
                new AuditLog.Actor("organization token", machine.holder().name(), address);
        };
    }

    private static String kind(ApiCaller caller) {
        return switch (caller.access()) {
            case ApiCaller.Access.SecretKey _ -> "key";
            case ApiCaller.Access.RestrictedKey _ -> "additional key";
            case ApiCaller.Access.PublicToken _ -> "public token";
            case ApiCaller.Access.SignedIn _ -> "person";
        };
    }
}
