package dev.runyard.webapp.tenant;

import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

interface AuditEventRepository extends Repository<AuditEvent, UUID> {
    List<AuditEvent> findByOrganizationIdOrderByIdDesc(UUID organizationId, Limit limit);

    List<AuditEvent> findByOrganizationIdAndIdLessThanOrderByIdDesc(UUID organizationId, UUID before, Limit limit);

    AuditEvent save(AuditEvent one);
}
