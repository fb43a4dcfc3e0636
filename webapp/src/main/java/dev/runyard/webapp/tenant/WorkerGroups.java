package dev.runyard.webapp.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Finds the worker group of a token.
@Component
public class WorkerGroups {
    private static final Duration STALENESS = Duration.ofSeconds(5);
    private static final int MAX_ENTRIES = 1_000;

    private final WorkerGroupRepository groups;
    private final WorkerGroupTokenRepository tokens;
    private final Cache<ByteBuffer, Optional<Group>> byHash = Caffeine.newBuilder()
            .maximumSize(MAX_ENTRIES)
            .expireAfterWrite(STALENESS)
            .build();

    WorkerGroups(WorkerGroupRepository groups, WorkerGroupTokenRepository tokens) {
        this.groups = groups;
        this.tokens = tokens;
    }

    /// A worker group as others see it.
    ///
    /// @param name its name
    /// @param workerQueue where it takes runs from
    public record Group(String name, String workerQueue) {}

    /// Finds the group whose token this is.
    public Optional<Group> findByToken(String token) {
        byte[] hash = Hashes.sha256(token);
        return byHash.get(ByteBuffer.wrap(hash), _ -> read(hash));
    }

    /// Forgets what was read before, after a change by this process.
    void forget() {
        byHash.invalidateAll();
    }

    private Optional<Group> read(byte[] hash) {
        return tokens.findByTokenHash(hash)
                .flatMap(token -> groups.findById(token.workerGroupId()))
                .map(group -> new Group(group.name(), group.workerQueue()));
    }
}
