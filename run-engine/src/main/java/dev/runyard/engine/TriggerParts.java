package dev.runyard.engine;

import dev.runyard.engine.change.RunChanges;
import dev.runyard.engine.debounce.DebounceRepository;
import dev.runyard.engine.debounce.PushDebouncedRun;
import dev.runyard.engine.delay.RescheduleRun;
import dev.runyard.engine.gate.QueueSizes;
import dev.runyard.engine.gate.QueueViewRepository;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.metadata.MetadataRepository;
import dev.runyard.engine.metadata.RunMetadata;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.outbox.DoneRows;
import dev.runyard.engine.queue.QueueLimitRepository;
import dev.runyard.engine.queue.WakeSignals;
import dev.runyard.engine.queue.redis.RedisRunQueue;
import dev.runyard.engine.read.RunQueries;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.store.Transactions;
import dev.runyard.engine.timer.TimerWheel;
import dev.runyard.engine.trigger.ItemRepository;
import dev.runyard.engine.trigger.PrepareTrigger;
import dev.runyard.engine.trigger.ReplayRun;
import dev.runyard.engine.trigger.ResetIdempotencyKey;
import dev.runyard.engine.trigger.ResolveDuplicate;
import dev.runyard.engine.trigger.StagedTrigger;
import dev.runyard.engine.trigger.TriggerBatcher;
import dev.runyard.engine.trigger.TriggerDebounced;
import dev.runyard.engine.trigger.TriggerForParent;
import dev.runyard.engine.trigger.TriggerItems;
import dev.runyard.engine.trigger.TriggerRepository;
import dev.runyard.engine.trigger.TriggerRun;
import dev.runyard.engine.version.ParkDeadline;
import dev.runyard.engine.waitpoint.WaitParts;

/// Wires what accepts runs and what changes them before they start.
final class TriggerParts {
    private final EngineParts parts;
    private final EngineDependencies given;
    private final EngineConfig config;

    private TriggerParts(EngineParts parts, EngineDependencies given, EngineConfig config) {
        this.parts = parts;
        this.given = given;
        this.config = config;
    }

    static void wire(EngineParts parts, EngineDependencies given, EngineConfig config) {
        new TriggerParts(parts, given, config).wire();
    }

    private void wire() {
        PrepareTrigger prepare = prepareTrigger();
        ResolveDuplicate duplicates = new ResolveDuplicate(
                parts.get(TriggerRepository.class),
                parts.get(RunStateRepository.class),
                parts.get(Transactions.class),
                given.clock());
        TriggerDebounced debounced = debounced(duplicates);
        TriggerRun.AfterTrigger after = afterTrigger();
        addTriggerRun(prepare, duplicates, debounced, after);
        parts.add(new TriggerItems(
                prepare,
                parts.get(ItemRepository.class),
                duplicates,
                debounced,
                after,
                parts.get(Transactions.class),
                given.clock()));
        parts.add(new StagedTrigger(prepare, parts.get(TriggerRepository.class), after, parts.get(Transactions.class)));
        addChanges();
    }

    private void addTriggerRun(
            PrepareTrigger prepare,
            ResolveDuplicate duplicates,
            TriggerDebounced debounced,
            TriggerRun.AfterTrigger after) {
        TriggerBatcher batcher = parts.add(new TriggerBatcher(parts.get(TriggerRepository.class), config.maxBatch()));
        WaitParts waits = parts.get(WaitParts.class);
        TriggerForParent forParent = new TriggerForParent(
                parts.get(TriggerRepository.class),
                duplicates,
                debounced,
                new TriggerForParent.Waiting(waits.awaitRun(), waits.block(), parts.get(Transactions.class)),
                after,
                given.syncPoints());
        TriggerRun trigger = parts.add(new TriggerRun(prepare, batcher, duplicates, debounced, forParent, after));
        parts.add(new ReplayRun(parts.get(RunQueries.class), parts.get(QueueLimitRepository.class), trigger));
    }

    private void addChanges() {
        parts.add(new ResetIdempotencyKey(parts.get(TriggerRepository.class)));
        parts.add(new RescheduleRun(parts.get(RunStateRepository.class), parts.get(RunLifecycle.class), given.clock()));
        parts.add(new RunMetadata(
                parts.get(MetadataRepository.class),
                parts.get(Transactions.class),
                parts.get(RunChanges.class),
                config.metadata(),
                given.clock()));
    }

    private PrepareTrigger prepareTrigger() {
        return new PrepareTrigger(
                given.environments(),
                given.versions(),
                parts.get(TriggerRepository.class),
                parts.get(DebounceRepository.class),
                new QueueSizes(parts.get(QueueViewRepository.class), config.queues(), given.clock()),
                config,
                given.clock());
    }

    private TriggerDebounced debounced(ResolveDuplicate duplicates) {
        return new TriggerDebounced(
                parts.get(DebounceRepository.class),
                new PushDebouncedRun(parts.get(RunLifecycle.class), new ParkDeadline(config.version()), given.clock()),
                duplicates,
                parts.get(RunStateRepository.class),
                parts.get(Transactions.class),
                given.syncPoints());
    }

    private TriggerRun.AfterTrigger afterTrigger() {
        return new TriggerRun.AfterTrigger(
                parts.get(RedisRunQueue.class),
                parts.get(WakeSignals.class),
                parts.get(TimerWheel.class),
                parts.get(RunChanges.class),
                parts.get(DoneRows.class),
                parts.get(EngineMetrics.class),
                given.syncPoints());
    }
}
