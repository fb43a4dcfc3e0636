package dev.runyard.engine.trigger;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.util.Optional;

/// Frees a caller's key, so that the next trigger with it makes a new run.
public final class ResetIdempotencyKey {
    private final TriggerRepository repository;

    public ResetIdempotencyKey(TriggerRepository repository) {
        this.repository = repository;
    }

    public Optional<RunId> reset(EnvironmentId environment, String taskId, String key) {
        return repository.freeKey(environment.value(), taskId, PrepareTrigger.hash(key));
    }
}
