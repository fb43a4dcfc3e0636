package dev.runyard.webapp.tenant;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Notes what people do with their own access, such as signing in. It concerns each organization that they belong to.
@Component
public class AuditPerson {
    private final Memberships memberships;
    private final AuditLog log;

    AuditPerson(Memberships memberships, AuditLog log) {
        this.memberships = memberships;
        this.log = log;
    }

    /// Who did it.
    ///
    /// @param id the account
    /// @param email address
    /// @param address where the request came from
    public record Actor(UUID id, String email, @Nullable String address) {}

    /// Notes it.
    ///
    /// @param action such as `session.begin`
    /// @param target what it was done to
    public void add(Actor actor, String action, String target) {
        AuditLog.Actor person = new AuditLog.Actor("person", actor.email(), actor.address());
        memberships
                .organizations(actor.id())
                .forEach(one -> log.add(new AuditLog.Entry(one.id(), null, person, action, target, null)));
    }
}
