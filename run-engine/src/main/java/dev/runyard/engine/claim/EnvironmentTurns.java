package dev.runyard.engine.claim;

import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.id.EnvironmentId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/// Whose turn it is while Redis is away, by the same rule as in Redis: one run a turn, and who comes back
/// early waits for those who were there.
final class EnvironmentTurns {
    private final Map<EnvironmentId, Long> next = new HashMap<>();
    private long given;

    /// Orders runs by the turns of their environments; within one they keep their order.
    synchronized List<RunState> order(List<RunState> ready) {
        Map<EnvironmentId, Queue<RunState>> waiting = new LinkedHashMap<>();
        ready.forEach(state -> waiting.computeIfAbsent(state.environmentId(), _ -> new ArrayDeque<>())
                .add(state));
        Map<EnvironmentId, Long> turns = new HashMap<>();
        waiting.keySet().forEach(environment -> turns.put(environment, turn(environment)));
        List<RunState> ordered = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Map.Entry<EnvironmentId, Queue<RunState>> first = waiting.entrySet().stream()
                    .min(Comparator.comparing(entry -> turns.getOrDefault(entry.getKey(), 0L)))
                    .orElseThrow();
            ordered.add(first.getValue().remove());
            turns.merge(first.getKey(), 1L, Long::sum);
            if (first.getValue().isEmpty()) {
                waiting.remove(first.getKey());
            }
        }
        return ordered;
    }

    /// Notes that a run of an environment was claimed.
    synchronized void served(EnvironmentId environment) {
        given = turn(environment);
        next.put(environment, given + 1);
    }

    private long turn(EnvironmentId environment) {
        return Math.max(given, next.getOrDefault(environment, 0L));
    }
}
