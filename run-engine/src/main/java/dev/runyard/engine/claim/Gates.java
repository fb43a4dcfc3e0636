package dev.runyard.engine.claim;

import dev.runyard.engine.queue.EnvironmentLimits;
import dev.runyard.engine.queue.QueueKey;
import dev.runyard.engine.queue.QueueLimit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The limits between waiting runs and their slots, counted down while slots are taken. Used while Redis is
/// away; in Redis the scripts do the same.
final class Gates {
    private final Map<String, EnvironmentLimits> environments = new HashMap<>();
    private final Map<String, QueueLimit> queues = new HashMap<>();
    private final Map<String, Integer> slots;

    /// @param limits limits of every environment
    /// @param slots slots in use by scope
    Gates(Collection<EnvironmentLimits> limits, Map<String, Integer> slots) {
        this.slots = new HashMap<>(slots);
        for (EnvironmentLimits environment : limits) {
            environments.put(environment.environmentId().body(), environment);
            for (QueueLimit queue : environment.queues()) {
                queues.put(new QueueKey(environment.environmentId(), queue.queue(), null).queueScope(), queue);
            }
        }
    }

    /// Takes a slot for a run of a queue key; false where a gate is closed.
    boolean take(QueueKey key) {
        EnvironmentLimits environment = environments.get(key.environmentScope());
        if (environment == null || !isOpen(key, environment) || !isOpen(key, queues.get(key.queueScope()))) {
            return false;
        }
        slots.merge(key.environmentScope(), 1, Integer::sum);
        slots.merge(key.queueScope(), 1, Integer::sum);
        slots.merge(key.keyScope(), 1, Integer::sum);
        return true;
    }

    private boolean isOpen(QueueKey key, EnvironmentLimits environment) {
        return !environment.isPaused()
                && used(key.environmentScope()) < environment.burstLimit()
                && used(key.keyScope()) < environment.limit();
    }

    private boolean isOpen(QueueKey key, @Nullable QueueLimit queue) {
        if (queue == null) {
            return true;
        }
        Integer limit = queue.limit();
        Integer combined = queue.combinedLimit();
        return !queue.isPaused()
                && (limit == null || used(key.keyScope()) < limit)
                && (combined == null || used(key.queueScope()) < combined);
    }

    private int used(String scope) {
        return slots.getOrDefault(scope, 0);
    }
}
