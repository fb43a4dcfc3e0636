package dev.runyard.engine.recovery;

import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.observe.Repair;
import dev.runyard.engine.queue.QueueEntry;
import dev.runyard.engine.queue.QueueKey;
import dev.runyard.engine.queue.RunQueue;
import dev.runyard.engine.queue.redis.KeyWalk;
import dev.runyard.engine.queue.redis.RedisInventory;
import dev.runyard.engine.queue.redis.WaitingKey;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.protocol.id.Ids;
import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compares what waits: every run that is ready must wait in Redis, and nothing else may.
///
/// However many runs wait, one comparison looks at a bounded number and the next goes on from there. Runs
/// are published and members dropped by their version, so being late does no harm.
public final class CompareWaiting {
    private static final RunId FIRST = new RunId(new UUID(0, 0));

    private final RedisInventory redis;
    private final RunQueue queue;
    private final LiveRunRepository live;
    private final RunStateRepository states;
    private final EngineMetrics metrics;
    private final RecoveryConfig config;
    private final InstantSource clock;
    private LiveRunRepository.Place place = LiveRunRepository.Place.START;
    private KeyWalk walk;

    public CompareWaiting(CompareSlots.Collaborators with, RecoveryConfig config, InstantSource clock) {
        this.redis = with.redis();
        this.queue = with.queue();
        this.live = with.live();
        this.states = with.states();
        this.metrics = with.metrics();
        this.config = config;
        this.clock = clock;
        this.walk = redis.walk();
    }

    int compare() {
        return dropStrangers() + publishMissing();
    }

    private int publishMissing() {
        Instant settledBefore = clock.instant().minus(config.settle());
        int repaired = 0;
        int looked = 0;
        List<RunState> page;
        do {
            page = live.startable(place, settledBefore, config.page());
            repaired += publishMissing(page);
            looked += page.size();
            place = page.size() < config.page()
                    ? LiveRunRepository.Place.START
                    : LiveRunRepository.Place.of(page.getLast());
        } while (page.size() == config.page() && looked < config.most());
        RunId last = FIRST;
        do {
            page = live.resumable(last, settledBefore, config.page());
            repaired += publishMissing(page);
            last = page.isEmpty() ? last : page.getLast().runId();
        } while (page.size() == config.page());
        metrics.repaired(Repair.READY, repaired);
        return repaired;
    }

    private int publishMissing(List<RunState> ready) {
        if (ready.isEmpty()) {
            return 0;
        }
        List<RunId> missing = redis.missing(ready.stream().map(QueueEntry::of).toList()).stream()
                .map(QueueEntry::runId)
                .toList();
        if (missing.isEmpty()) {
            return 0;
        }
        // A run that was claimed in between is not missing, and has another version by now.
        Map<RunId, Integer> versions = ready.stream().collect(Collectors.toMap(RunState::runId, RunState::version));
        List<QueueEntry> still = redis.missing(states.findAll(missing).stream()
                .filter(row -> row.isReady() && Objects.equals(versions.get(row.runId()), row.version()))
                .map(QueueEntry::of)
                .toList());
        queue.publish(still);
        return still.size();
    }

    private int dropStrangers() {
        if (walk.isOver()) {
            walk = redis.walk();
        }
        int dropped = 0;
        int looked = 0;
        while (!walk.isOver() && looked < config.most()) {
            KeyWalk.Members found = walk.nextMembers(config.page());
            looked += found == null ? 1 : found.members().size() + 1;
            dropped += found == null || found.members().isEmpty() ? 0 : dropStrangers(found);
        }
        metrics.repaired(Repair.MEMBER, dropped);
        return dropped;
    }

    private int dropStrangers(KeyWalk.Members found) {
        Map<String, RunId> runs = new HashMap<>();
        found.members().forEach(member -> runs.put(member, runOf(member)));
        Map<RunId, RunState> rows = states
                .findAll(runs.values().stream().filter(Objects::nonNull).toList())
                .stream()
                .collect(Collectors.toMap(RunState::runId, Function.identity()));
        List<String> strangers = new ArrayList<>();
        runs.forEach((member, run) -> {
            if (isStranger(found.key(), member, run == null ? null : rows.get(run))) {
                strangers.add(member);
            }
        });
        return strangers.isEmpty() ? 0 : redis.drop(found.key(), strangers);
    }

    private boolean isStranger(WaitingKey key, String member, @Nullable RunState row) {
        if (row == null) {
            return true;
        }
        QueueEntry entry = QueueEntry.of(row);
        boolean isItsPlace = row.isReady()
                && entry.lane() == key.lane()
                && QueueKey.of(row).keyScope().equals(key.queueKey())
                && member.endsWith(":" + row.version());
        return !isItsPlace && row.updatedAt().isBefore(clock.instant().minus(config.settle()));
    }

    private static @Nullable RunId runOf(String member) {
        int colon = member.indexOf(':');
        try {
            return colon < 0 ? null : new RunId(Ids.decode(member.substring(0, colon)));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
