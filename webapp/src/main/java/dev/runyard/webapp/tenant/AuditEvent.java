package dev.runyard.webapp.tenant;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/// Something that somebody changed. Rows are only added.
@Entity
@Table(name = "audit_event")
@NullUnmarked
@SuppressWarnings("UnusedVariable") // some columns are only written
class AuditEvent {
    @Id
    private UUID id;

    private UUID organizationId;
    private UUID environmentId;
    private String actorKind;
    private String actor;
    private String action;
    private String target;
    private String details;
    private String address;
    private Instant at;

    protected AuditEvent() {}

    AuditEvent(UUID id, AuditLog.Entry entry, Instant at) {
        this.id = id;
        this.organizationId = entry.organization();
        this.environmentId = entry.environment();
        this.actorKind = entry.actor().kind();
        this.actor = entry.actor().name();
        this.action = entry.action();
        this.target = entry.target();
        this.details = entry.details();
        this.address = entry.actor().address();
        this.at = at;
    }

    AuditLog.Listed listed() {
        return new AuditLog.Listed(id, at, actorKind, actor, action, target, details, address, environmentId);
    }
}
