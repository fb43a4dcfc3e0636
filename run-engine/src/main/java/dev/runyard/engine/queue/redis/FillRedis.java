package dev.runyard.engine.queue.redis;

import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.observe.Repair;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.queue.EpochRepository;
import dev.runyard.engine.queue.QueueLimitRepository;
import dev.runyard.engine.queue.QueueUnavailableException;
import io.lettuce.core.RedisException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes Redis hold what the database says, under a new epoch.
///
/// From the moment that the new epoch is in the database no claim of the old one is confirmed, and from the
/// moment that Redis is cleared no script succeeds, until the last step writes the epoch into Redis. What
/// is committed in between waits in the outbox. So the filling may be read from an ordinary snapshot.
public final class FillRedis {
    private static final Logger LOG = LoggerFactory.getLogger(FillRedis.class);

    private final RedisLink link;
    private final RedisKeys keys;
    private final EpochRepository epochs;
    private final Environments environments;
    private final QueueLimitRepository limits;
    private final RunStream runs;
    private final EngineMetrics metrics;
    private final SyncPoints syncPoints;
    private final InstantSource clock;

    /// What filling needs.
    public record Collaborators(
            RedisLink link,
            RedisKeys keys,
            EpochRepository epochs,
            Environments environments,
            QueueLimitRepository limits,
            RunStream runs,
            EngineMetrics metrics) {}

    public FillRedis(Collaborators with, SyncPoints syncPoints, InstantSource clock) {
        this.link = with.link();
        this.keys = with.keys();
        this.epochs = with.epochs();
        this.environments = with.environments();
        this.limits = with.limits();
        this.runs = with.runs();
        this.metrics = with.metrics();
        this.syncPoints = syncPoints;
        this.clock = clock;
    }

    /// Connects where there is no connection, and fills Redis where it does not hold the valid epoch.
    ///
    /// @return whether Redis is in use afterwards
    public boolean ensure() {
        if (link.isTrusted()) {
            return true;
        }
        if (!link.connect()) {
            return false;
        }
        try {
            EpochRepository.Epoch valid = epochs.find();
            boolean holdsIt = Objects.equals(valid.epoch(), link.storedEpoch())
                    && Objects.equals(valid.redisProcess(), link.processId());
            if (holdsIt) {
                link.trust(valid.epoch());
                return true;
            }
            return runs.aloneOrSkip(this::fill);
        } catch (RedisException | QueueUnavailableException e) {
            LOG.warn("Redis failed while it was filled: {}", e.getMessage());
            link.distrust();
            return false;
        }
    }

    private void fill() {
        long start = System.nanoTime();
        String epoch = UUID.randomUUID().toString();
        epochs.change(epoch, link.processId(), clock.instant());
        syncPoints.reach(SyncPoint.REBUILD_EPOCH_WRITTEN);
        try (RedisFilling filling = new RedisFilling(link.bulkConnection(), keys)) {
            filling.clear();
            syncPoints.reach(SyncPoint.REBUILD_CLEARED);
            fillLimits(filling);
            int count = runs.forEachLive(filling::add);
            filling.finish(epoch);
            syncPoints.reach(SyncPoint.REBUILD_FILLED);
            LOG.info("Redis holds {} runs again after {} ms", count, (System.nanoTime() - start) / 1_000_000);
        }
        metrics.repaired(Repair.REBUILD, 1);
        link.trust(epoch);
    }

    private void fillLimits(RedisFilling filling) {
        limits.limits(environments.all()).forEach(filling::limit);
    }
}
