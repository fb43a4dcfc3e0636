package dev.runyard.engine.recovery;

import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.observe.Repair;
import dev.runyard.engine.queue.QueueClaim;
import dev.runyard.engine.queue.QueueEntry;
import dev.runyard.engine.queue.QueueKey;
import dev.runyard.engine.queue.RunQueue;
import dev.runyard.engine.queue.redis.RedisInventory;
import dev.runyard.engine.queue.redis.SlotPicture;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.protocol.id.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Compares slots: who holds one in Redis, who holds one in the database, and whether the counts are
/// those of the holders.
///
/// A picture of Redis is taken first and the rows are read afterwards, so a row that does not know of a
/// holder's claim has moved on. What may still be on its way is left for the next time.
public final class CompareSlots {
    private final RedisInventory redis;
    private final RunQueue queue;
    private final LiveRunRepository live;
    private final RunStateRepository states;
    private final EngineMetrics metrics;
    private final RecoveryConfig config;
    private final Duration claimLease;
    private final InstantSource clock;

    /// What comparing needs.
    public record Collaborators(
            RedisInventory redis,
            RunQueue queue,
            LiveRunRepository live,
            RunStateRepository states,
            EngineMetrics metrics) {}

    public CompareSlots(Collaborators with, RecoveryConfig config, Duration claimLease, InstantSource clock) {
        this.redis = with.redis();
        this.queue = with.queue();
        this.live = with.live();
        this.states = with.states();
        this.metrics = with.metrics();
        this.config = config;
        this.claimLease = claimLease;
        this.clock = clock;
    }

    int compare() {
        SlotPicture picture = redis.slots();
        Map<String, Integer> expected = new HashMap<>();
        Map<String, String> gone = new HashMap<>(picture.broken());
        Set<RunId> holders = new HashSet<>();
        int repaired = 0;
        for (int from = 0; from < picture.holders().size(); from += config.page()) {
            List<QueueClaim> page =
                    picture.holders().subList(from, Math.min(picture.holders().size(), from + config.page()));
            Map<RunId, RunState> rows = rowsOf(page);
            for (QueueClaim holder : page) {
                holders.add(holder.runId());
                RunState row = rows.get(holder.runId());
                if (row == null) {
                    gone.put("h:" + holder.runId().body(), String.valueOf(holder.version()));
                } else {
                    countIn(expected, QueueKey.of(row));
                    repaired += checkHolder(holder, row);
                }
            }
        }
        return repaired + correctCounts(picture, expected, gone) + addMissing(holders);
    }

    private Map<RunId, RunState> rowsOf(List<QueueClaim> claims) {
        return states.findAll(claims.stream().map(QueueClaim::runId).toList()).stream()
                .collect(Collectors.toMap(RunState::runId, Function.identity()));
    }

    private static void countIn(Map<String, Integer> counts, QueueKey key) {
        counts.merge("c:" + key.environmentScope(), 1, Integer::sum);
        counts.merge("c:" + key.queueScope(), 1, Integer::sum);
        counts.merge("c:" + key.keyScope(), 1, Integer::sum);
    }

    private int checkHolder(QueueClaim holder, RunState row) {
        boolean isRight = row.slotHeld() && row.version() > holder.version();
        boolean isUnconfirmed = row.isReady() && row.version() == holder.version();
        if (isRight || !isSettled(row)) {
            return 0;
        }
        if (isUnconfirmed) {
            return lease(holder);
        }
        queue.release(List.of(QueueEntry.of(row).at(Math.max(row.version(), holder.version() + 1))));
        if (row.isReady()) {
            queue.publish(List.of(QueueEntry.of(row)));
        }
        metrics.repaired(Repair.HOLDER, 1);
        return 1;
    }

    /// An unconfirmed claim is in the list of leases, unless that was damaged; then it is put there, and
    /// settled by the service that settles all others.
    private int lease(QueueClaim claim) {
        boolean wasForgotten = redis.lease(claim, clock.instant().plus(claimLease));
        boolean isStillUnconfirmed = states.find(claim.runId())
                .filter(row -> row.isReady() && row.version() == claim.version())
                .isPresent();
        if (wasForgotten && !isStillUnconfirmed) {
            queue.forgetLease(claim);
        }
        return wasForgotten && isStillUnconfirmed ? 1 : 0;
    }

    private int correctCounts(SlotPicture picture, Map<String, Integer> expected, Map<String, String> gone) {
        Set<String> fields = new HashSet<>(expected.keySet());
        fields.addAll(picture.counts().keySet());
        Map<String, Integer> add = new HashMap<>();
        int wrong = 0;
        for (String field : fields) {
            Integer counted = picture.counts().get(field);
            int error = expected.getOrDefault(field, 0) - (counted == null ? 0 : counted);
            boolean isLeftOver = counted != null && counted == 0;
            if ((error != 0 || isLeftOver) && add.size() < config.page()) {
                add.put(field, error);
                wrong += error == 0 ? 0 : 1;
            }
        }
        if (add.isEmpty() && gone.isEmpty() || !redis.correct(picture, add, gone)) {
            return 0;
        }
        metrics.repaired(Repair.COUNTER, wrong);
        metrics.repaired(Repair.HOLDER, gone.size());
        return wrong + gone.size();
    }

    private int addMissing(Set<RunId> holders) {
        Instant settledBefore = clock.instant().minus(config.settle());
        int repaired = 0;
        RunId last = new RunId(new UUID(0, 0));
        List<RunState> page;
        do {
            page = live.holders(last, settledBefore, config.page());
            for (RunState row : page) {
                repaired += holders.contains(row.runId()) || !hold(row) ? 0 : 1;
            }
            last = page.isEmpty() ? last : page.getLast().runId();
        } while (page.size() == config.page());
        metrics.repaired(Repair.SLOT, repaired);
        return repaired;
    }

    /// The row is read again before and after: a run that gave its slot back meanwhile must not keep
    /// one in Redis.
    private boolean hold(RunState row) {
        boolean isCurrent = states.find(row.runId())
                .filter(newest -> newest.version() == row.version())
                .isPresent();
        if (!isCurrent || !redis.hold(QueueEntry.of(row).at(row.version() - 1))) {
            return false;
        }
        states.find(row.runId())
                .filter(newest -> !newest.slotHeld())
                .ifPresent(newest -> queue.release(List.of(QueueEntry.of(newest))));
        return true;
    }

    private boolean isSettled(RunState row) {
        return row.updatedAt().isBefore(clock.instant().minus(config.settle()));
    }
}
