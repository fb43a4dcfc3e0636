package dev.runyard.engine;

import dev.runyard.engine.explain.ExplainRepository;
import dev.runyard.engine.explain.ExplainRun;
import dev.runyard.engine.gate.ChangeGates;
import dev.runyard.engine.gate.GateParts;
import dev.runyard.engine.gate.GateRepository;
import dev.runyard.engine.gate.MoveRuns;
import dev.runyard.engine.gate.QueueViewRepository;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.outbox.DoneRows;
import dev.runyard.engine.outbox.OutboxRepository;
import dev.runyard.engine.queue.ApplyLimits;
import dev.runyard.engine.queue.QueueLimitRepository;
import dev.runyard.engine.queue.WakeSignals;
import dev.runyard.engine.queue.WorkerQueuePolls;
import dev.runyard.engine.queue.WorkerQueueRepository;
import dev.runyard.engine.queue.redis.RedisRunQueue;
import dev.runyard.engine.run.RunStateRepository;
import org.springframework.transaction.support.TransactionTemplate;

/// Wires what operators set and see of queues.
final class QueueParts {
    private final EngineParts parts;
    private final EngineDependencies given;
    private final EngineConfig config;

    private QueueParts(EngineParts parts, EngineDependencies given, EngineConfig config) {
        this.parts = parts;
        this.given = given;
        this.config = config;
    }

    static void wire(EngineParts parts, EngineDependencies given, EngineConfig config) {
        new QueueParts(parts, given, config).wire();
    }

    private void wire() {
        ChangeGates change = parts.add(new ChangeGates(
                new ChangeGates.Collaborators(
                        parts.get(OutboxRepository.class),
                        parts.get(ApplyLimits.class),
                        parts.get(DoneRows.class),
                        parts.get(WakeSignals.class),
                        parts.get(TransactionTemplate.class)),
                given.clock()));
        parts.add(new MoveRuns(
                given.environments(), parts.get(WorkerQueueRepository.class), change, parts.get(RedisRunQueue.class)));
        GateParts gates = new GateParts(
                given.environments(), parts.get(GateRepository.class), parts.get(QueueViewRepository.class), change);
        parts.add(gates.queues(explainRun(), given.clock()));
        parts.add(gates.declareQueues());
        parts.add(gates.compareLimits(
                parts.get(QueueLimitRepository.class), parts.get(RedisRunQueue.class), parts.get(EngineMetrics.class)));
        parts.add(gates.measureQueues(config.queues(), given.meters()));
    }

    private ExplainRun explainRun() {
        return new ExplainRun(
                new ExplainRun.Collaborators(
                        parts.get(RunStateRepository.class),
                        given.environments(),
                        parts.get(QueueLimitRepository.class),
                        parts.get(ExplainRepository.class),
                        parts.get(WorkerQueuePolls.class)),
                new ExplainRun.Settings(
                        config.queues().explainedHolders(), config.queues().pollerSilence()),
                given.clock());
    }
}
