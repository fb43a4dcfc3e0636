package dev.runyard.engine;

import dev.runyard.engine.bulk.BulkRepository;
import dev.runyard.engine.event.EventRepository;
import dev.runyard.engine.event.RunEvents;
import dev.runyard.engine.observe.EngineMetric;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.outbox.OutboxRelay;
import dev.runyard.engine.queue.QueueLimitRepository;
import dev.runyard.engine.queue.redis.RedisInventory;
import dev.runyard.engine.queue.redis.RedisKeys;
import dev.runyard.engine.queue.redis.RedisLink;
import dev.runyard.engine.queue.redis.RedisRunQueue;
import dev.runyard.engine.recovery.CompareIndexes;
import dev.runyard.engine.recovery.CompareQueue;
import dev.runyard.engine.recovery.CompareSlots;
import dev.runyard.engine.recovery.CompareWaiting;
import dev.runyard.engine.recovery.LeaseGrace;
import dev.runyard.engine.recovery.LiveRunRepository;
import dev.runyard.engine.retention.PartitionRepository;
import dev.runyard.engine.retention.RemoveOldRows;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.time.DatabaseClock;
import dev.runyard.engine.timer.TimerWheel;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Wires what keeps the engine well and tells how it is: events, retention, time, gauges.
final class UpkeepParts {
    private static final Duration SAMPLE = Duration.ofSeconds(10);

    private final EngineParts parts;
    private final EngineDependencies given;
    private final EngineConfig config;

    private UpkeepParts(EngineParts parts, EngineDependencies given, EngineConfig config) {
        this.parts = parts;
        this.given = given;
        this.config = config;
    }

    static void wire(EngineParts parts, EngineDependencies given, EngineConfig config) {
        UpkeepParts upkeep = new UpkeepParts(parts, given, config);
        upkeep.addComparison();
        upkeep.addEvents();
        upkeep.addRetention();
        upkeep.addTime();
        upkeep.addGauges();
    }

    private void addComparison() {
        RedisInventory redis = new RedisInventory(parts.get(RedisLink.class), parts.get(RedisKeys.class));
        CompareSlots.Collaborators with = new CompareSlots.Collaborators(
                redis,
                parts.get(RedisRunQueue.class),
                new LiveRunRepository(parts.get(JdbcClient.class), parts.get(RunStateRepository.class)),
                parts.get(RunStateRepository.class),
                parts.get(EngineMetrics.class));
        CompareIndexes indexes = new CompareIndexes(
                new CompareIndexes.Collaborators(
                        redis,
                        given.environments(),
                        parts.get(QueueLimitRepository.class),
                        parts.get(EngineMetrics.class)),
                config.recovery());
        CompareQueue compare = parts.add(new CompareQueue(
                redis,
                new CompareSlots(with, config.recovery(), config.claimLease(), given.clock()),
                new CompareWaiting(with, config.recovery(), given.clock()),
                indexes));
        parts.services()
                .add("compare", compare::compare, () -> config.recovery().period());
    }

    private void addEvents() {
        parts.add(new RunEvents(
                new EventRepository(parts.get(JdbcClient.class)), parts.get(TransactionTemplate.class), given.clock()));
    }

    private void addRetention() {
        RemoveOldRows retention = parts.add(new RemoveOldRows(
                new PartitionRepository(parts.get(JdbcClient.class)),
                parts.get(TransactionTemplate.class),
                parts.get(EngineMetrics.class),
                config.retention(),
                given.clock(),
                List.of(parts.get(BulkRepository.class))));
        parts.services()
                .add("retention", retention::remove, () -> config.retention().period());
    }

    /// A clock that follows the database's is kept on time; one that does not (a test's) needs nothing.
    private void addTime() {
        if (given.clock() instanceof DatabaseClock clock) {
            clock.onJump(parts.get(LeaseGrace.class)::interrupted);
            parts.services().add("time", clock::look, config::servicePeriod);
            parts.get(EngineMetrics.class).gauge(EngineMetric.CLOCK_SKEW, Tags.empty(), () -> seconds(clock.skew()));
        }
    }

    private void addGauges() {
        EngineMetrics metrics = parts.get(EngineMetrics.class);
        metrics.gauge(EngineMetric.QUEUE_MODE, Tags.empty(), () -> switch (parts.health()
                .queue()) {
            case DATABASE -> 0d;
            case REBUILDING -> 1d;
            case REDIS -> 2d;
        });
        metrics.gauge(
                EngineMetric.OUTBOX_LAG,
                Tags.empty(),
                () -> seconds(parts.get(OutboxRelay.class).lag()));
        metrics.gauge(
                EngineMetric.TIMER_LAG,
                Tags.empty(),
                () -> seconds(parts.get(TimerWheel.class).lag()));
        parts.services().add("metrics", this::sample, () -> SAMPLE);
    }

    private void sample() {
        EngineMetrics metrics = parts.get(EngineMetrics.class);
        parts.get(RunEvents.class)
                .consumers()
                .forEach(consumer -> metrics.gaugeOnce(
                        EngineMetric.EVENT_LAG, Tags.of("consumer", consumer.name()), () -> seconds(consumer.lag())));
        metrics.sample();
    }

    private static double seconds(Duration duration) {
        return Math.max(0, duration.toNanos() / 1e9);
    }
}
