package dev.runyard.webapp.tenant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.TimeOrderedIds;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/// The record of who changed what. It names things and never values: no key, no token, no variable's text.
@Component
public class AuditLog {
    private final AuditEventRepository events;
    private final InstantSource clock;
    private final TimeOrderedIds ids;

    AuditLog(AuditEventRepository events, InstantSource clock) {
        this.events = events;
        this.clock = clock;
        this.ids = new TimeOrderedIds(clock);
    }

    /// Who did it.
    ///
    /// @param kind of credential, such as `key` or `person`
    /// @param name of who holds it
    /// @param address where the request came from
    public record Actor(String kind, String name, @Nullable String address) {}

    /// What was done.
    ///
    /// @param organization whose record it belongs to
    /// @param environment what it was done in
    /// @param actor who did it
    /// @param action such as `key.rotate`
    /// @param target what was changed
    /// @param details what else helps to understand it
    public record Entry(
            UUID organization,
            @Nullable UUID environment,
            Actor actor,
            String action,
            String target,
            @Nullable String details) {}

    /// An entry as members see it.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Listed(
            UUID id,
            Instant at,
            String actorKind,
            String actor,
            String action,
            String target,
            @Nullable String details,
            @Nullable String address,
            @Nullable UUID environment) {}

    /// Adds an entry.
    public void add(Entry entry) {
        events.save(new AuditEvent(ids.next(), entry, clock.instant()));
    }

    /// Lists an organization's entries, the newest first.
    public List<Listed> list(UUID organization, @Nullable UUID before, int limit) {
        List<AuditEvent> found = before == null
                ? events.findByOrganizationIdOrderByIdDesc(organization, Limit.of(limit))
                : events.findByOrganizationIdAndIdLessThanOrderByIdDesc(organization, before, Limit.of(limit));
        return found.stream().map(AuditEvent::listed).toList();
    }
}
