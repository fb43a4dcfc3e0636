package dev.runyard.engine;

import dev.runyard.engine.batch.BatchItemRepository;
import dev.runyard.engine.batch.BatchKeyRepository;
import dev.runyard.engine.batch.BatchParts;
import dev.runyard.engine.batch.BatchQueries;
import dev.runyard.engine.batch.BatchRepository;
import dev.runyard.engine.batch.FailedRunRepository;
import dev.runyard.engine.bulk.BulkParts;
import dev.runyard.engine.bulk.BulkQueries;
import dev.runyard.engine.bulk.BulkRepository;
import dev.runyard.engine.cancel.CancelRun;
import dev.runyard.engine.change.RunChanges;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.read.RunQueries;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.schedule.InstanceRepository;
import dev.runyard.engine.schedule.ScheduleParts;
import dev.runyard.engine.schedule.ScheduleRepository;
import dev.runyard.engine.schedule.TickRepository;
import dev.runyard.engine.store.Json;
import dev.runyard.engine.store.Transactions;
import dev.runyard.engine.timer.TimerWheel;
import dev.runyard.engine.trigger.ReplayRun;
import dev.runyard.engine.trigger.StagedTrigger;
import dev.runyard.engine.trigger.TriggerItems;
import dev.runyard.engine.waitpoint.WaitParts;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Wires schedules, batches and bulk actions, which build on runs and are not part of them.
final class FeatureParts {
    private final EngineParts parts;
    private final EngineDependencies given;
    private final EngineConfig config;

    private FeatureParts(EngineParts parts, EngineDependencies given, EngineConfig config) {
        this.parts = parts;
        this.given = given;
        this.config = config;
    }

    static void wire(EngineParts parts, EngineDependencies given, EngineConfig config) {
        FeatureParts features = new FeatureParts(parts, given, config);
        features.addSchedules();
        features.addBatches();
    }

    /// Bulk actions come after the services of single runs, so that one round does these first.
    static void wireBulk(EngineParts parts, EngineDependencies given, EngineConfig config) {
        new FeatureParts(parts, given, config).addBulk();
    }

    private void addSchedules() {
        JdbcClient jdbc = parts.get(JdbcClient.class);
        Json json = parts.get(Json.class);
        ScheduleParts schedules = parts.add(new ScheduleParts(
                new ScheduleParts.Collaborators(
                        new ScheduleRepository(jdbc),
                        new InstanceRepository(jdbc),
                        new TickRepository(jdbc, json),
                        given.environments(),
                        given.versions(),
                        parts.get(StagedTrigger.class),
                        parts.get(TimerWheel.class),
                        parts.get(Transactions.class),
                        parts.get(EngineMetrics.class),
                        json,
                        given.syncPoints(),
                        given.clock()),
                config.schedules()));
        parts.add(schedules.facade());
    }

    private void addBatches() {
        JdbcClient jdbc = parts.get(JdbcClient.class);
        Json json = parts.get(Json.class);
        BatchParts batches = new BatchParts(
                new BatchParts.Collaborators(
                        new BatchParts.Stores(
                                new BatchRepository(jdbc),
                                new BatchItemRepository(jdbc),
                                new BatchKeyRepository(jdbc),
                                new FailedRunRepository(jdbc, json),
                                new BatchQueries(jdbc, json)),
                        given.environments(),
                        parts.get(TriggerItems.class),
                        parts.get(RunStateRepository.class),
                        parts.get(RunLifecycle.class),
                        parts.get(WaitParts.class).batches(),
                        parts.get(TimerWheel.class),
                        parts.get(RunChanges.class),
                        parts.get(EngineMetrics.class),
                        parts.get(Transactions.class),
                        given.syncPoints(),
                        given.clock()),
                config.batches());
        parts.add(batches.facade());
        parts.services().add("batch-counts", batches::countFinishedItems, config::servicePeriod);
        parts.services().add("batch-keys", batches::removeExpiredKeys, () -> Duration.ofHours(1));
    }

    private void addBulk() {
        BulkParts bulk = BulkParts.wire(
                new BulkParts.Collaborators(
                        parts.get(BulkRepository.class),
                        new BulkQueries(parts.get(JdbcClient.class)),
                        parts.get(Transactions.class),
                        parts.get(RunQueries.class),
                        parts.get(CancelRun.class),
                        parts.get(ReplayRun.class),
                        given.syncPoints(),
                        given.clock()),
                config.bulk());
        parts.add(bulk.facade())
                .onCreated(parts.services()
                        .add(
                                "bulk",
                                bulk.service()::advance,
                                () -> bulk.service().untilNext(config.servicePeriod())));
    }
}
