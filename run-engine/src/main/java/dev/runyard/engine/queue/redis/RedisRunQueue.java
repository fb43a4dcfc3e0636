package dev.runyard.engine.queue.redis;

import dev.runyard.engine.queue.EnvironmentLimits;
import dev.runyard.engine.queue.Lane;
import dev.runyard.engine.queue.QueueClaim;
import dev.runyard.engine.queue.QueueEntry;
import dev.runyard.engine.queue.QueueKey;
import dev.runyard.engine.queue.RunQueue;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.Ids;
import dev.runyard.protocol.id.RunId;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// The projection in Redis. Each method is one script, or one script a run.
public final class RedisRunQueue implements RunQueue {
    private static final QueueScript PUBLISH = QueueScript.load("publish");
    private static final QueueScript CLAIM = QueueScript.load("claim");
    private static final QueueScript RELEASE = QueueScript.load("release");
    private static final QueueScript LIMIT = QueueScript.load("limit");
    private static final QueueScript REOPEN = QueueScript.load("reopen");
    /// Most queue keys that one script opens or closes, so that no script takes long.
    private static final int KEYS_A_SCRIPT = 1_000;
    /// Most calls in flight at once: a claim that comes meanwhile waits behind these.
    private static final int PIPELINE = 100;

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
        runAll(
                PUBLISH,
                entries,
                (epoch, entry) -> args(
                        epoch,
                        entry,
                        String.valueOf(entry.version()),
                        entry.lane().mark(),
                        String.valueOf(entry.score())));
    }

    @Override
    public void release(List<QueueEntry> entries) {
        runAll(RELEASE, entries, (epoch, entry) -> args(epoch, entry, String.valueOf(entry.version())));
    }

    private void runAll(QueueScript script, List<QueueEntry> entries, BiFunction<String, QueueEntry, String[]> args) {
        for (int from = 0; from < entries.size(); from += PIPELINE) {
            List<QueueEntry> next = entries.subList(from, Math.min(entries.size(), from + PIPELINE));
            link.pipeline((connection, epoch) -> script.runAll(
                    connection,
                    keys.main(),
                    next.stream().map(entry -> args.apply(epoch, entry)).toList()));
        }
    }

    @Override
    public List<QueueClaim> claim(String workerQueue, int n) {
        return claim(workerQueue, Lane.START, n);
    }

    @Override
    public List<QueueClaim> claimResumes(int n) {
        return claim(Lane.RESUME_QUEUE, Lane.RESUME, n);
    }

    private List<QueueClaim> claim(String workerQueue, Lane lane, int n) {
        List<String> claimed = link.call((redis, epoch) -> CLAIM.<List<String>>run(
                redis,
                ScriptOutputType.MULTI,
                keys.main(),
                keys.prefix(),
                epoch,
                workerQueue,
                lane.mark(),
                String.valueOf(n),
                String.valueOf(clock.instant().plus(claimLease).toEpochMilli())));
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
    public void limit(EnvironmentLimits limits) {
        List<String> args = new ArrayList<>();
        LimitFields.of(limits).forEach((field, value) -> args.addAll(List.of(field, value)));
        run(LIMIT, args);
    }

    @Override
    public boolean holds(EnvironmentLimits limits) {
        Map<String, String> expected = LimitFields.of(limits);
        return link
                .call((redis, _) -> redis.hmget(keys.state(), expected.keySet().toArray(String[]::new)))
                .stream()
                .allMatch(field -> field.getValueOrElse("").equals(expected.get(field.getKey())));
    }

    @Override
    public void reopen(EnvironmentLimits limits, List<QueueKey> waiting) {
        int from = 0;
        do {
            int to = Math.min(waiting.size(), from + KEYS_A_SCRIPT);
            List<String> args = new ArrayList<>(
                    List.of(limits.workerQueue(), limits.environmentId().body()));
            waiting.subList(from, to).stream().map(QueueKey::keyScope).forEach(args::add);
            run(REOPEN, args);
            from = to;
        } while (from < waiting.size());
    }

    @Override
    public void endTurns(EnvironmentId environment, String workerQueue) {
        link.call((redis, _) -> redis.zrem(keys.turns(workerQueue), environment.body()));
    }

    private void run(QueueScript script, List<String> args) {
        link.call((redis, epoch) -> script.<Long>run(
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
        Lane lane = member.startsWith(Lane.RESUME.mark()) ? Lane.RESUME : Lane.START;
        int colon = member.indexOf(':');
        return new QueueClaim(
                new RunId(Ids.decode(member.substring(lane.mark().length(), colon))),
                Integer.parseInt(member.substring(colon + 1)),
                lane);
    }
}
