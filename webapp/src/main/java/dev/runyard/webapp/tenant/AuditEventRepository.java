package dev.runyard.webapp.tenant;

import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface AuditEventRepository extends Repository<AuditEvent, UUID> {
    List<AuditEvent> findByOrganizationIdOrderByIdDesc(UUID organizationId, Limit limit);

    List<AuditEvent> findByOrganizationIdAndIdLessThanOrderByIdDesc(UUID organizationId, UUID before, Limit limit);

    /// The ids begin with the time, so those of old entries stand before that of a time.
    @Modifying
    @Query("delete from AuditEvent e where e.id < ?1")
    void deleteBefore(UUID id);

    AuditEvent save(AuditEvent one);
}
