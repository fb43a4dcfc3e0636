package dev.runyard.webapp.tenant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface RetiredKeyRepository extends Repository<RetiredKey, byte[]> {
    Optional<RetiredKey> findByKeyHash(byte[] keyHash);

    List<RetiredKey> findByEnvironmentIdAndAcceptedUntilAfter(UUID environmentId, Instant now);

    @Modifying
    @Query("delete from RetiredKey k where k.acceptedUntil < ?1")
    void deleteEndedBefore(Instant now);

    RetiredKey save(RetiredKey one);
}
