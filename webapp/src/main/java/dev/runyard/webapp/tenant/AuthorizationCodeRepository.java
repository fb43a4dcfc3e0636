package dev.runyard.webapp.tenant;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface AuthorizationCodeRepository extends Repository<AuthorizationCode, byte[]> {
    AuthorizationCode save(AuthorizationCode one);

    @Modifying
    @Query(nativeQuery = true, value = """
            update authorization_code set user_id = :user
            where code_hash = :hash and user_id is null and expires_at > :now
            """)
    int confirm(byte[] hash, UUID user, Instant now);

    @Query(nativeQuery = true, value = """
            select cast(user_id as text) from authorization_code
            where code_hash = :hash and user_id is not null and expires_at > :now
            for update
            """)
    Optional<String> confirmedBy(byte[] hash, Instant now);

    @Modifying
    @Query(nativeQuery = true, value = "delete from authorization_code where code_hash = :hash or expires_at < :now")
    void delete(byte[] hash, Instant now);
}
