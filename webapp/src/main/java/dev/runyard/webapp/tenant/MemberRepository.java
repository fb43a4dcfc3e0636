package dev.runyard.webapp.tenant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;

interface MemberRepository extends Repository<Member, UUID> {
    Optional<Member> findByOrganizationIdAndUserId(UUID organizationId, UUID userId);

    List<Member> findByUserId(UUID userId);

    List<Member> findByOrganizationIdOrderByCreatedAt(UUID organizationId);

    /// Gives a person a role in an organization, be they a member already or not; several servers may do so at once.
    ///
    /// @param id of the membership where there is none yet
    @Modifying(flushAutomatically = true, clearAutomatically = true)
    @Transactional
    @Query(nativeQuery = true, value = """
            insert into organization_member (id, organization_id, user_id, role, created_at)
            values (:id, :organizationId, :userId, :role, :now)
            on conflict (organization_id, user_id) do update set role = excluded.role
            """)
    void put(UUID id, UUID organizationId, UUID userId, String role, Instant now);

    void delete(Member one);
}
