package dev.runyard.engine;

import dev.runyard.engine.change.RunChanges;
import dev.runyard.engine.claim.AdmissionRepository;
import dev.runyard.engine.claim.AdmitRuns;
import dev.runyard.engine.claim.AssignVersion;
import dev.runyard.engine.claim.ClaimFromDatabase;
import dev.runyard.engine.claim.ClaimRepository;
import dev.runyard.engine.claim.ClaimRuns;
import dev.runyard.engine.claim.ConfirmClaims;
import dev.runyard.engine.claim.ReadyRunRepository;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.queue.EpochRepository;
import dev.runyard.engine.queue.QueueLimitRepository;
import dev.runyard.engine.queue.WakeSignals;
import dev.runyard.engine.queue.WorkerQueuePolls;
import dev.runyard.engine.queue.WorkerQueueRepository;
import dev.runyard.engine.queue.redis.RedisLink;
import dev.runyard.engine.queue.redis.RedisRunQueue;
import dev.runyard.engine.run.RunStateRepository;
import org.springframework.transaction.support.TransactionTemplate;

/// Wires what hands runs out.
final class ClaimParts {
    private final EngineParts parts;
    private final EngineDependencies given;
    private final EngineConfig config;

    private ClaimParts(EngineParts parts, EngineDependencies given, EngineConfig config) {
        this.parts = parts;
        this.given = given;
        this.config = config;
    }

    static void wire(EngineParts parts, EngineDependencies given, EngineConfig config) {
        new ClaimParts(parts, given, config).wire();
    }

    private void wire() {
        ConfirmClaims confirm = parts.add(new ConfirmClaims(
                new ConfirmClaims.Collaborators(
                        parts.get(ClaimRepository.class),
                        parts.get(RunStateRepository.class),
                        parts.get(WorkerQueueRepository.class),
                        new AssignVersion(given.environments(), given.versions()),
                        parts.get(RunLifecycle.class),
                        parts.get(RedisRunQueue.class),
                        parts.get(EpochRepository.class),
                        parts.get(RunChanges.class),
                        parts.get(EngineMetrics.class),
                        given.syncPoints(),
                        parts.get(TransactionTemplate.class)),
                config,
                given.clock()));
        ClaimFromDatabase fallback = new ClaimFromDatabase(
                new ClaimFromDatabase.Collaborators(
                        parts.get(ReadyRunRepository.class),
                        parts.get(ClaimRepository.class),
                        confirm,
                        parts.get(EpochRepository.class),
                        given.environments(),
                        parts.get(QueueLimitRepository.class),
                        parts.get(TransactionTemplate.class)),
                given.clock());
        AdmitRuns admit = addAdmission();
        RedisLink link = parts.get(RedisLink.class);
        parts.add(new ClaimRuns(
                parts.get(RedisRunQueue.class),
                parts.get(WakeSignals.class),
                parts.get(WorkerQueuePolls.class),
                confirm,
                admit,
                fallback,
                () -> !link.isConnected(),
                given.syncPoints()));
    }

    private AdmitRuns addAdmission() {
        RedisLink link = parts.get(RedisLink.class);
        RunStateRepository states = parts.get(RunStateRepository.class);
        return parts.add(new AdmitRuns(
                new AdmitRuns.Collaborators(
                        parts.get(AdmissionRepository.class),
                        parts.get(ReadyRunRepository.class),
                        states,
                        parts.get(RedisRunQueue.class),
                        parts.get(EpochRepository.class),
                        given.environments(),
                        parts.get(QueueLimitRepository.class),
                        parts.get(RunChanges.class),
                        parts.get(EngineMetrics.class),
                        given.syncPoints(),
                        parts.get(TransactionTemplate.class)),
                () -> !link.isConnected(),
                given.clock()));
    }
}
