package dev.runyard.engine.queue.redis;

import dev.runyard.engine.queue.EnvironmentLimits;
import dev.runyard.engine.queue.QueueClaim;
import dev.runyard.engine.queue.QueueEntry;
import dev.runyard.engine.queue.QueueKey;
import dev.runyard.engine.queue.QueueUnavailableException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.ZAddArgs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// Looks at what Redis holds and puts single things right. Every method is one script or one command,
/// refuses another epoch, and may be repeated or done by two webapps at once.
public final class RedisInventory {
    private static final QueueScript MISSING = QueueScript.load("missing");
    private static final QueueScript HOLD = QueueScript.load("hold");
    private static final QueueScript CORRECT = QueueScript.load("correct");
    private static final QueueScript DROP = QueueScript.load("drop");
    private static final QueueScript REINDEX = QueueScript.load("reindex");
    private static final QueueScript RECOUNT = QueueScript.load("recount");

    private final RedisLink link;
    private final RedisKeys keys;

    public RedisInventory(RedisLink link, RedisKeys keys) {
        this.link = link;
        this.keys = keys;
    }

    /// Tells whether Redis is in use; otherwise there is nothing to compare.
    public boolean isInUse() {
        return link.isTrusted();
    }

    /// Takes a picture of slots, counts and limits.
    ///
    /// @throws QueueUnavailableException where Redis is away or was filled in another epoch
    public SlotPicture slots() {
        return link.call((redis, epoch) -> {
            Map<String, String> fields = redis.hgetall(keys.state());
            if (!epoch.equals(fields.get("epoch"))) {
                throw new QueueUnavailableException("Redis was filled in another epoch", null);
            }
            return SlotPicture.of(fields);
        });
    }

    /// Returns those of the given runs that neither wait in Redis nor hold a slot there.
    public List<QueueEntry> missing(List<QueueEntry> entries) {
        List<String> args = new ArrayList<>();
        for (QueueEntry entry : entries) {
            args.addAll(List.of(
                    entry.lane().mark(),
                    entry.key().keyScope(),
                    entry.runId().body(),
                    String.valueOf(entry.version()),
                    String.valueOf(entry.score())));
        }
        List<Long> places = run(MISSING, ScriptOutputType.MULTI, args);
        return places.stream().map(place -> entries.get(place.intValue())).toList();
    }

    /// Lets a run hold the slot that it has; returns whether it held none.
    ///
    /// @param entry the run at the version that was queued
    public boolean hold(QueueEntry entry) {
        QueueKey key = entry.key();
        Long missing = run(
                HOLD,
                ScriptOutputType.INTEGER,
                List.of(
                        entry.workerQueue(),
                        key.environmentScope(),
                        key.queueScope(),
                        key.keyScope(),
                        entry.runId().body(),
                        String.valueOf(entry.version())));
        return missing == 1;
    }

    /// Corrects counts that were off in a picture, and drops holders that are no runs.
    ///
    /// @param seen the picture
    /// @param add what to add to each count; a count that becomes zero goes
    /// @param gone fields of holders, with their values
    /// @return false where somebody else corrected them first
    public boolean correct(SlotPicture seen, Map<String, Integer> add, Map<String, String> gone) {
        List<String> args =
                new ArrayList<>(List.of(seen.mark(), UUID.randomUUID().toString(), String.valueOf(add.size())));
        add.forEach((field, delta) -> args.addAll(List.of(field, String.valueOf(delta))));
        gone.forEach((field, value) -> args.addAll(List.of(field, value)));
        Long done = run(CORRECT, ScriptOutputType.INTEGER, args);
        return done == 1;
    }

    /// Makes sure that an unconfirmed claim is looked at again; returns whether nobody would have.
    public boolean lease(QueueClaim claim, Instant deadline) {
        String member = RedisKeys.member(claim.runId(), claim.version());
        Long added = link.call((redis, _) ->
                redis.zadd(keys.leased(), ZAddArgs.Builder.nx(), (double) deadline.toEpochMilli(), member));
        return added == 1;
    }

    /// Drops members that stand for nothing; returns how many were there.
    public int drop(WaitingKey key, Collection<String> members) {
        List<String> args = new ArrayList<>(List.of(key.lane().mark(), key.environment(), key.queueKey()));
        args.addAll(members);
        Long dropped = run(DROP, ScriptOutputType.INTEGER, args);
        return dropped.intValue();
    }

    /// Puts queue keys of one environment into the indexes of what may start; returns how many entries
    /// were missing.
    public int reindex(EnvironmentLimits environment, Collection<String> queueKeys) {
        List<String> args = new ArrayList<>(
                List.of(environment.workerQueue(), environment.environmentId().body()));
        args.addAll(queueKeys);
        Long missing = run(REINDEX, ScriptOutputType.INTEGER, args);
        return missing.intValue();
    }

    /// Counts an environment's resume lane anew; returns whether the count was wrong.
    public boolean recountResumes(String environment) {
        Long wrong = run(RECOUNT, ScriptOutputType.INTEGER, List.of(environment));
        return wrong == 1;
    }

    /// Returns how many runs wait in a queue key.
    public long size(WaitingKey key) {
        return link.call((redis, _) -> redis.zcard(keys.prefix() + key.name()));
    }

    /// Starts a walk over all queue keys.
    public KeyWalk walk() {
        return new KeyWalk(link, keys);
    }

    private <T> T run(QueueScript script, ScriptOutputType type, List<String> args) {
        return link.call((redis, epoch) -> script.<T>run(
                redis,
                type,
                keys.main(),
                Stream.concat(Stream.of(keys.prefix(), epoch), args.stream()).toArray(String[]::new)));
    }
}
