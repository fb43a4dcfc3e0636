package dev.runyard.engine.queue.redis;

import dev.runyard.engine.queue.QueueEntry;
import dev.runyard.engine.queue.QueueKey;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One filling of a cleared Redis, written in long pipelines. Counts and indexes are computed here, not by scripts.
final class RedisFilling implements AutoCloseable {
    private static final int PIPELINE = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final StatefulRedisConnection<String, String> connection;
    private final RedisAsyncCommands<String, String> redis;
    private final RedisKeys keys;
    private final List<RedisFuture<?>> pending = new ArrayList<>();
    private final Map<String, Integer> limits = new HashMap<>();
    private final Map<String, Boolean> pauses = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<QueueKey, Waiting> waiting = new HashMap<>();

    /// The first run of a queue key.
    private record Waiting(String workerQueue, long score) {}

    RedisFilling(StatefulRedisConnection<String, String> connection, RedisKeys keys) {
        this.connection = connection;
        this.redis = connection.async();
        this.keys = keys;
    }

    /// Removes every key of ours.
    void clear() {
        ScanArgs matching =
                ScanArgs.Builder.matches(escaped(keys.prefix()) + "*").limit(1_000);
        ScanCursor cursor = ScanCursor.INITIAL;
        do {
            KeyScanCursor<String> found = connection.sync().scan(cursor, matching);
            if (!found.getKeys().isEmpty()) {
                connection.sync().unlink(found.getKeys().toArray(String[]::new));
            }
            cursor = found;
        } while (!cursor.isFinished());
        connection.setAutoFlushCommands(false);
    }

    void limit(String scope, @Nullable Integer limit, boolean isPaused) {
        if (limit != null) {
            limits.put(scope, limit);
            send(redis.hset(keys.state(), "l:" + scope, String.valueOf(limit)));
        }
        if (isPaused) {
            pauses.put(scope, true);
            send(redis.hset(keys.state(), "p:" + scope, "1"));
        }
    }

    void add(QueueEntry entry, boolean holdsSlot) {
        QueueKey key = entry.key();
        if (holdsSlot) {
            // The version that was queued is one of those before the present one; release only compares.
            send(redis.hset(keys.state(), "h:" + entry.runId().body(), String.valueOf(entry.version() - 1)));
            counts.merge(key.environmentScope(), 1, Integer::sum);
            counts.merge(key.keyScope(), 1, Integer::sum);
        } else {
            send(redis.zadd(keys.waiting(key), entry.score(), RedisKeys.member(entry.runId(), entry.version())));
            waiting.merge(
                    key, new Waiting(entry.workerQueue(), entry.score()), (a, b) -> a.score() <= b.score() ? a : b);
        }
    }

    /// Writes counts and indexes and, last, the epoch: from then on scripts succeed.
    void finish(String epoch) {
        counts.forEach((scope, count) -> send(redis.hset(keys.state(), "c:" + scope, String.valueOf(count))));
        waiting.forEach((key, first) -> {
            if (isOpen(key.keyScope(), key.queueScope())) {
                send(redis.zadd(keys.open(key), first.score(), key.keyScope()));
                if (isOpen(key.environmentScope(), key.environmentScope())
                        && limits.containsKey(key.environmentScope())) {
                    send(redis.zadd(keys.turns(first.workerQueue()), 0, key.environmentScope()));
                }
            }
        });
        await();
        send(redis.hset(keys.state(), "epoch", epoch));
        waiting.values().stream()
                .map(Waiting::workerQueue)
                .distinct()
                .forEach(queue -> send(redis.publish(keys.wakeChannel(), queue)));
        await();
    }

    private boolean isOpen(String countScope, String limitScope) {
        return !pauses.containsKey(limitScope)
                && counts.getOrDefault(countScope, 0) < limits.getOrDefault(limitScope, Integer.MAX_VALUE);
    }

    private void send(RedisFuture<?> future) {
        pending.add(future);
        if (pending.size() >= PIPELINE) {
            await();
        }
    }

    private void await() {
        connection.flushCommands();
        if (!LettuceFutures.awaitAll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS, pending.toArray(RedisFuture[]::new))) {
            throw new RedisException("Redis took longer than " + PATIENCE + " to take in its filling");
        }
        pending.clear();
    }

    private static String escaped(String prefix) {
        return prefix.replaceAll("([\\[\\]*?\\\\])", "\\\\$1");
    }

    @Override
    public void close() {
        connection.close();
    }
}
