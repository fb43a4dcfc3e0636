package dev.runyard.engine.queue.redis;

import dev.runyard.engine.queue.EnvironmentLimits;
import dev.runyard.engine.queue.QueueKey;
import dev.runyard.engine.queue.QueueLimit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names of the fields that hold limits; what they mean is told in lua/queue/library.lua.
final class LimitFields {
    private LimitFields() {}

    /// Returns the fields of an environment and its queues, with an empty text where there is no limit.
    static Map<String, String> of(EnvironmentLimits limits) {
        Map<String, String> fields = new LinkedHashMap<>();
        String environment = limits.environmentId().body();
        fields.put(limit(environment), String.valueOf(limits.burstLimit()));
        fields.put(base(environment), String.valueOf(limits.limit()));
        fields.put(paused(environment), flag(limits.isPaused()));
        for (QueueLimit queue : limits.queues()) {
            String scope = new QueueKey(limits.environmentId(), queue.queue(), null).queueScope();
            fields.put(limit(scope), text(queue.limit()));
            fields.put(combined(scope), text(queue.combinedLimit()));
            fields.put(paused(scope), flag(queue.isPaused()));
        }
        return fields;
    }

    static String limit(String scope) {
        return "l:" + scope;
    }

    /// Most slots of one queue key of an environment.
    static String base(String environment) {
        return "b:" + environment;
    }

    /// Most slots of all keys of a queue.
    static String combined(String queue) {
        return "t:" + queue;
    }

    static String paused(String scope) {
        return "p:" + scope;
    }

    private static String flag(boolean isSet) {
        return isSet ? "1" : "";
    }

    private static String text(@Nullable Integer limit) {
        return limit == null ? "" : limit.toString();
    }
}
