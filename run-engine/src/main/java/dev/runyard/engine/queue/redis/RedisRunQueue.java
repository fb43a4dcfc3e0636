package dev.runyard.engine.queue.redis;

import dev.runyard.engine.queue.QueueClaim;
import dev.runyard.engine.queue.QueueEntry;
import dev.runyard.engine.queue.QueueKey;
import dev.runyard.engine.queue.QueueLimit;
import dev.runyard.engine.queue.RunQueue;
import dev.runyard.protocol.id.Ids;
import dev.runyard.protocol.id.RunId;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The projection in Redis. Each method is one script, or one script a run.
public final class RedisRunQueue implements RunQueue {
    private static final QueueScript PUBLISH = QueueScript.load("publish");
    private static final QueueScript CLAIM = QueueScript.load("claim");
    private static final QueueScript RELEASE = QueueScript.load("release");
    private static final QueueScript LIMIT = QueueScript.load("limit");

    private final RedisLink link;
    private final RedisKeys keys;
    private final Duration claimLease;
    private final InstantSource clock;

    public RedisRunQueue(RedisLink link, RedisKeys keys, Duration claimLease, InstantSource clock) {
        this.link = link;
        this.keys = keys;
        this.claimLease = claimLease;
        this.clock = clock;
    }

    @Override
    public void publish(List<QueueEntry> entries) {
        entries.forEach(entry -> publish(entry, ""));
    }

    @Override
    public void giveBack(QueueEntry entry) {
        publish(entry, "1");
    }

    private void publish(QueueEntry entry, String force) {
        link.call((redis, epoch) -> PUBLISH.<Long>run(
                redis,
                ScriptOutputType.INTEGER,
                keys.main(),
                args(epoch, entry, String.valueOf(entry.version()), String.valueOf(entry.score()), force)));
    }

    @Override
    public void release(List<QueueEntry> entries) {
        for (QueueEntry entry : entries) {
            link.call((redis, epoch) -> RELEASE.<Long>run(
                    redis, ScriptOutputType.INTEGER, keys.main(), args(epoch, entry, String.valueOf(entry.version()))));
        }
    }

    @Override
    public List<QueueClaim> claim(String workerQueue, int n) {
        Instant now = clock.instant();
        List<String> claimed = link.call((redis, epoch) -> CLAIM.<List<String>>run(
                redis,
                ScriptOutputType.MULTI,
                keys.main(),
                keys.prefix(),
                epoch,
                workerQueue,
                String.valueOf(n),
                String.valueOf(now.toEpochMilli() * 1000),
                String.valueOf(now.plus(claimLease).toEpochMilli())));
        return claimed.stream().map(RedisRunQueue::parse).toList();
    }

    @Override
    public List<QueueClaim> lapsedClaims(int limit) {
        double now = clock.millis();
        return link
                .call((redis, _) -> redis.zrangebyscore(keys.leased(), Range.create(0d, now), Limit.from(limit)))
                .stream()
                .map(RedisRunQueue::parse)
                .toList();
    }

    @Override
    public void forgetLease(QueueClaim claim) {
        link.call((redis, _) -> redis.zrem(keys.leased(), RedisKeys.member(claim.runId(), claim.version())));
    }

    @Override
    public void limit(QueueLimit limit) {
        List<String> args = new ArrayList<>(List.of(
                limit.workerQueue(),
                limit.environmentId().body(),
                limit.scope(),
                limit.limit() == null ? "" : String.valueOf(limit.limit()),
                limit.isPaused() ? "1" : ""));
        limit.waiting().stream().map(QueueKey::keyScope).forEach(args::add);
        link.call((redis, epoch) -> LIMIT.<Long>run(
                redis,
                ScriptOutputType.INTEGER,
                keys.main(),
                Stream.concat(Stream.of(keys.prefix(), epoch), args.stream()).toArray(String[]::new)));
    }

    @Override
    public String epoch() {
        return link.epoch();
    }

    @Override
    public void distrust() {
        link.distrust();
    }

    private String[] args(String epoch, QueueEntry entry, String... rest) {
        QueueKey key = entry.key();
        return Stream.concat(
                        Stream.of(
                                keys.prefix(),
                                epoch,
                                entry.workerQueue(),
                                key.environmentScope(),
                                key.queueScope(),
                                key.keyScope(),
                                entry.runId().body()),
                        Stream.of(rest))
                .toArray(String[]::new);
    }

    private static QueueClaim parse(String member) {
        int colon = member.indexOf(':');
        return new QueueClaim(
                new RunId(Ids.decode(member.substring(0, colon))), Integer.parseInt(member.substring(colon + 1)));
    }
}
