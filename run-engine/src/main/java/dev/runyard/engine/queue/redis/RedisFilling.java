package dev.runyard.engine.queue.redis;

import dev.runyard.engine.queue.EnvironmentLimits;
import dev.runyard.engine.queue.Lane;
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

/// One filling of a cleared Redis, written in long pipelines. Counts and indexes are computed here, not by scripts.
final class RedisFilling implements AutoCloseable {
    private static final int PIPELINE = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final StatefulRedisConnection<String, String> connection;
    private final RedisAsyncCommands<String, String> redis;
    private final RedisKeys keys;
    private final List<RedisFuture<?>> pending = new ArrayList<>();
    private final Map<String, String> limits = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<Waiting, Long> waiting = new HashMap<>();

    /// A queue key in which runs wait.
    private record Waiting(QueueKey key, Lane lane, String wakes) {}

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

    void limit(EnvironmentLimits environment) {
        LimitFields.of(environment).forEach((field, value) -> {
            if (!value.isEmpty()) {
                limits.put(field, value);
                send(redis.hset(keys.state(), field, value));
            }
        });
    }

    void add(QueueEntry entry, boolean holdsSlot) {
        QueueKey key = entry.key();
        if (holdsSlot) {
            // The version that was queued is one of those before the present one; release only compares.
            send(redis.hset(keys.state(), "h:" + entry.runId().body(), String.valueOf(entry.version() - 1)));
            counts.merge("c:" + key.environmentScope(), 1, Integer::sum);
            counts.merge("c:" + key.queueScope(), 1, Integer::sum);
            counts.merge("c:" + key.keyScope(), 1, Integer::sum);
        } else {
            Lane lane = entry.lane();
            send(redis.zadd(keys.waiting(key, lane), entry.score(), RedisKeys.member(entry.runId(), entry.version())));
            waiting.merge(new Waiting(key, lane, entry.wakes()), entry.score(), Math::min);
            if (lane == Lane.RESUME) {
                counts.merge("r:" + key.environmentScope(), 1, Integer::sum);
            }
        }
    }

    /// Writes counts and indexes and, last, the epoch: from then on scripts succeed.
    void finish(String epoch) {
        counts.forEach((field, count) -> send(redis.hset(keys.state(), field, String.valueOf(count))));
        Map<Waiting, Long> openQueues = new HashMap<>();
        waiting.forEach((place, score) -> index(place, score, openQueues));
        openQueues.forEach((place, score) -> {
            QueueKey key = place.key();
            if (count(key.queueScope()) < limit(LimitFields.combined(key.queueScope()))) {
                open(place, score, key.queueScope());
            }
        });
        await();
        send(redis.hset(keys.state(), "epoch", epoch));
        waiting.keySet().stream()
                .map(Waiting::wakes)
                .distinct()
                .forEach(queue -> send(redis.publish(keys.wakeChannel(), queue)));
        await();
    }

    private void index(Waiting place, long score, Map<Waiting, Long> openQueues) {
        QueueKey key = place.key();
        int most =
                Math.min(limit(LimitFields.limit(key.queueScope())), limit(LimitFields.base(key.environmentScope())));
        if (limits.containsKey(LimitFields.paused(key.queueScope())) || count(key.keyScope()) >= most) {
            return;
        }
        if (limits.containsKey(LimitFields.combined(key.queueScope()))) {
            send(redis.zadd(keys.openKeys(key, place.lane()), score, key.keyScope()));
            QueueKey all = new QueueKey(key.environmentId(), key.queue(), null);
            openQueues.merge(new Waiting(all, place.lane(), place.wakes()), score, Math::min);
        } else {
            open(place, score, key.keyScope());
        }
    }

    private void open(Waiting place, long score, String member) {
        String environment = place.key().environmentScope();
        send(redis.zadd(keys.open(place.key(), place.lane()), score, member));
        if (limits.containsKey(LimitFields.limit(environment))
                && !limits.containsKey(LimitFields.paused(environment))
                && count(environment) < limit(LimitFields.limit(environment))) {
            send(redis.zadd(keys.turns(place.wakes()), 0, environment));
        }
    }

    private int count(String scope) {
        return counts.getOrDefault("c:" + scope, 0);
    }

    private int limit(String field) {
        String limit = limits.get(field);
        return limit == null ? Integer.MAX_VALUE : Integer.parseInt(limit);
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

    static String escaped(String prefix) {
        return prefix.replaceAll("([\\[\\]*?\\\\])", "\\\\$1");
    }

    @Override
    public void close() {
        connection.close();
    }
}
