package dev.runyard.webapp.tenant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Changes the keys of environments. What changed is known to this process at once, to others within seconds.
@Component
public class KeyRing {
    private static final int CHARACTERS = 24;

    private final EnvironmentRepository environments;
    private final ApiKeyRepository keys;
    private final RetiredKeyRepository retired;
    private final TenantDirectory directory;
    private final Seal seal;
    private final TransactionTemplate transactions;
    private final InstantSource clock;
    private final TimeOrderedIds ids;

    KeyRing(
            EnvironmentRepository environments,
            ApiKeyRepository keys,
            RetiredKeyRepository retired,
            TenantDirectory directory,
            Seal seal,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.environments = environments;
        this.keys = keys;
        this.retired = retired;
        this.directory = directory;
        this.seal = seal;
        this.transactions = transactions;
        this.clock = clock;
        this.ids = new TimeOrderedIds(clock);
    }

    /// A key to make.
    ///
    /// @param name what people call it
    /// @param scopes what it permits
    /// @param expiresAt when it ends, absent for never
    /// @param createdBy who asked for it
    public record KeyRequest(
            String name,
            List<String> scopes,
            @Nullable Instant expiresAt,
            @Nullable UUID createdBy) {}

    /// A key without what is secret of it.
    ///
    /// @param id of the key
    /// @param name what people call it
    /// @param lastFour its last characters
    /// @param scopes what it permits
    /// @param createdAt when it was made
    /// @param expiresAt when it ends
    /// @param revokedAt when it was revoked
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ListedKey(
            UUID id,
            String name,
            String lastFour,
            List<String> scopes,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt) {}

    /// A key that was just made: the only time that anybody sees it.
    ///
    /// @param id of the key
    /// @param key itself
    public record NewKey(UUID id, Secret key) {}

    /// Gives an environment another key of its own. The former one is taken, also for tokens that it signed, until the
    /// overlap ends.
    ///
    /// @throws IllegalArgumentException for a branch, whose parent has the key
    public Secret rotate(EnvironmentId id, Duration overlap) {
        Secret key = transactions.execute(_ -> {
            Environment environment = environments.lock(id.value()).orElseThrow();
            if (environment.parentId() != null) {
                throw new IllegalArgumentException("A branch has no key of its own; rotate its parent's");
            }
            Instant now = clock.instant();
            if (overlap.isPositive()) {
                retired.save(
                        new RetiredKey(environment.keyHash(), id.value(), environment.key(), now, now.plus(overlap)));
            }
            Secret fresh = new Secret(environment.type().keyPrefix() + RandomText.of(CHARACTERS));
            environment.setKey(Hashes.sha256(fresh.value()), seal.seal(fresh, id.toString()));
            environments.save(environment);
            return fresh;
        });
        directory.forget();
        return key;
    }

    /// Makes a further key, limited by scopes.
    public NewKey create(TenantEnvironment environment, KeyRequest request) {
        String key = environment.type().keyPrefix() + "sk_" + RandomText.of(CHARACTERS);
        UUID id = ids.next();
        keys.save(new ApiKey(id, environment.id().value(), key, request, clock.instant()));
        return new NewKey(id, new Secret(key));
    }

    /// Lists the further keys of an environment, the oldest first.
    public List<ListedKey> list(EnvironmentId environment) {
        return keys.findByEnvironmentIdOrderByCreatedAt(environment.value()).stream()
                .map(ApiKey::listed)
                .toList();
    }

    /// Ends a further key; false where the environment has none of this id.
    public boolean revoke(EnvironmentId environment, UUID id) {
        boolean isFound = keys.findByIdAndEnvironmentId(id, environment.value())
                .map(key -> {
                    key.revoke(clock.instant());
                    return keys.save(key);
                })
                .isPresent();
        directory.forget();
        return isFound;
    }
}
