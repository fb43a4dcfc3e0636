package dev.runyard.webapp.tenant;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface MemberRepository extends Repository<Member, UUID> {
    Optional<Member> findByOrganizationIdAndUserId(UUID organizationId, UUID userId);

    List<Member> findByUserId(UUID userId);

    List<Member> findByOrganizationIdOrderByCreatedAt(UUID organizationId);

    Member save(Member one);

    void delete(Member one);
}
