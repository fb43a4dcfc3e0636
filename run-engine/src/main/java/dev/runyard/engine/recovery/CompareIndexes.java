package dev.runyard.engine.recovery;

import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.observe.Repair;
import dev.runyard.engine.queue.EnvironmentLimits;
import dev.runyard.engine.queue.Lane;
import dev.runyard.engine.queue.QueueLimitRepository;
import dev.runyard.engine.queue.redis.KeyWalk;
import dev.runyard.engine.queue.redis.RedisInventory;
import dev.runyard.engine.queue.redis.SlotPicture;
import dev.runyard.engine.queue.redis.WaitingKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Compares the indexes of what may start with the queues that they are about.
public final class CompareIndexes {
    private static final int KEYS_A_SCRIPT = 200;

    private final RedisInventory redis;
    private final Environments environments;
    private final QueueLimitRepository limits;
    private final EngineMetrics metrics;
    private final RecoveryConfig config;
    private KeyWalk walk;

    /// What comparing needs.
    public record Collaborators(
            RedisInventory redis, Environments environments, QueueLimitRepository limits, EngineMetrics metrics) {}

    public CompareIndexes(Collaborators with, RecoveryConfig config) {
        this.redis = with.redis();
        this.environments = with.environments();
        this.limits = with.limits();
        this.metrics = with.metrics();
        this.config = config;
        this.walk = redis.walk();
    }

    int compare() {
        return compareKeys(limits.limits(environments.all()), redis.slots());
    }

    private int compareKeys(List<EnvironmentLimits> known, SlotPicture picture) {
        if (walk.isOver()) {
            walk = redis.walk();
        }
        Map<String, Long> resuming = new HashMap<>();
        picture.resumes().keySet().forEach(environment -> resuming.put(environment, 0L));
        int missing = 0;
        int looked = 0;
        Map<String, EnvironmentLimits> byScope = known.stream()
                .collect(Collectors.toMap(limit -> limit.environmentId().body(), Function.identity()));
        while (!walk.isOver() && looked < config.most()) {
            List<WaitingKey> keys = walk.nextKeys(config.page());
            looked += keys.size() + 1;
            missing += reindex(byScope, keys);
            keys.stream()
                    .filter(key -> key.lane() == Lane.RESUME)
                    .forEach(key -> resuming.merge(key.environment(), redis.size(key), Long::sum));
        }
        metrics.repaired(Repair.INDEX, missing);
        return missing + (walk.isOver() ? compareResumes(resuming, picture) : 0);
    }

    private int reindex(Map<String, EnvironmentLimits> byScope, List<WaitingKey> keys) {
        Map<String, Set<String>> byEnvironment = keys.stream()
                .collect(Collectors.groupingBy(
                        WaitingKey::environment, Collectors.mapping(WaitingKey::queueKey, Collectors.toSet())));
        int missing = 0;
        for (Map.Entry<String, Set<String>> found : byEnvironment.entrySet()) {
            EnvironmentLimits environment = byScope.get(found.getKey());
            List<String> queueKeys = new ArrayList<>(found.getValue());
            for (int from = 0; environment != null && from < queueKeys.size(); from += KEYS_A_SCRIPT) {
                missing += redis.reindex(
                        environment, queueKeys.subList(from, Math.min(queueKeys.size(), from + KEYS_A_SCRIPT)));
            }
        }
        return missing;
    }

    private int compareResumes(Map<String, Long> resuming, SlotPicture picture) {
        int wrong = 0;
        for (Map.Entry<String, Long> counted : resuming.entrySet()) {
            long stored = picture.resumes().getOrDefault(counted.getKey(), 0);
            wrong += stored != counted.getValue() && redis.recountResumes(counted.getKey()) ? 1 : 0;
        }
        metrics.repaired(Repair.COUNTER, wrong);
        return wrong;
    }
}
