package dev.runyard.webapp.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.runyard.webapp.ratelimit.Bucket.Level;
import java.time.Duration;

/// Buckets of this process. Those that nobody asked for a while are forgotten: by then they are full.
final class MemoryBuckets implements Buckets {
    private static final int MAX_BUCKETS = 100_000;
    private static final Duration MEMORY = Duration.ofHours(1);

    private final Cache<String, Level> levels = Caffeine.newBuilder()
            .maximumSize(MAX_BUCKETS)
            .expireAfterAccess(MEMORY)
            .build();

    @Override
    public Bucket.Answer take(String key, Bucket bucket, long nowMillis) {
        boolean[] isTaken = new boolean[1];
        Level left = levels.asMap().compute(key, (_, level) -> {
            Level now = level == null ? new Level(bucket.capacity(), nowMillis) : bucket.refilled(level, nowMillis);
            isTaken[0] = now.tokens() >= 1;
            return isTaken[0] ? new Level(now.tokens() - 1, now.atMillis()) : now;
        });
        return bucket.answer(isTaken[0], left);
    }
}
