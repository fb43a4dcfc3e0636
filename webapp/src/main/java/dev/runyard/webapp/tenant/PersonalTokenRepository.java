package dev.runyard.webapp.tenant;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface PersonalTokenRepository extends Repository<PersonalToken, UUID> {
    Optional<PersonalToken> findByTokenHash(byte[] tokenHash);

    Optional<PersonalToken> findByIdAndUserId(UUID id, UUID userId);

    List<PersonalToken> findByUserIdOrderByCreatedAt(UUID userId);

    PersonalToken save(PersonalToken one);
}
