package dev.runyard.webapp.ratelimit;

import dev.runyard.webapp.ratelimit.Bucket.Level;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Buckets that several webapps share. While Redis is away, each webapp counts for itself: a call must not fail because
/// nobody can count it.
final class RedisBuckets implements Buckets, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RedisBuckets.class);
    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final long RETRY_MILLIS = 1_000;
    private static final String SCRIPT = """
            local capacity, per_token, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
            local level = redis.call('HMGET', KEYS[1], 'tokens', 'at')
            local tokens, at = tonumber(level[1]) or capacity, tonumber(level[2]) or now
            tokens = math.min(capacity, tokens + math.max(0, now - at) / per_token)
            at = math.max(now, at)
            local taken = 0
            if tokens >= 1 then
                tokens = tokens - 1
                taken = 1
            end
            redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', tokens), 'at', string.format('%.0f', at))
            redis.call('PEXPIRE', KEYS[1], math.ceil((capacity - tokens) * per_token) + 1000)
            return {taken, string.format('%.6f', tokens), string.format('%.0f', at)}
            """;

    private final RedisClient client;
    private final String prefix;
    private final Buckets own = new MemoryBuckets();
    private @Nullable StatefulRedisConnection<String, String> connection;
    private volatile long awayUntilMillis;

    RedisBuckets(String url, String prefix) {
        this.client = RedisClient.create(url);
        this.prefix = prefix;
    }

    @Override
    public Bucket.Answer take(String key, Bucket bucket, long nowMillis) {
        if (nowMillis < awayUntilMillis) {
            return own.take(key, bucket, nowMillis);
        }
        try {
            List<Object> reply = connection()
                    .sync()
                    .eval(
                            SCRIPT,
                            ScriptOutputType.MULTI,
                            new String[] {prefix + "rate:" + key},
                            String.valueOf(bucket.capacity()),
                            String.valueOf(bucket.millisPerToken()),
                            String.valueOf(nowMillis));
            Level level = new Level(
                    Double.parseDouble(reply.get(1).toString()),
                    Long.parseLong(reply.get(2).toString()));
            return bucket.answer(reply.getFirst().equals(1L), level);
        } catch (RedisException e) {
            awayUntilMillis = nowMillis + RETRY_MILLIS;
            log.warn("Redis does not count calls, so this server counts its own: {}", e.getMessage());
            return own.take(key, bucket, nowMillis);
        }
    }

    private synchronized StatefulRedisConnection<String, String> connection() {
        StatefulRedisConnection<String, String> open = connection;
        if (open == null || !open.isOpen()) {
            open = client.connect();
            open.setTimeout(PATIENCE);
            connection = open;
        }
        return open;
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
