package dev.runyard.webapp.tenant;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface AppUserRepository extends Repository<AppUser, UUID> {
    Optional<AppUser> findById(UUID id);

    Optional<AppUser> findByEmail(String email);
}
