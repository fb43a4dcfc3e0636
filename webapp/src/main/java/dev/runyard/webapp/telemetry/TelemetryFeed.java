package dev.runyard.webapp.telemetry;

import dev.runyard.protocol.id.RunId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// Tells listeners in this process that lines or spans of a run arrived here. What arrives at another webapp is not
/// told: a listener that must not miss that asks TelemetryQueries now and then.
@Component
public class TelemetryFeed {
    private final Map<RunId, Set<Runnable>> listeners = new ConcurrentHashMap<>();

    TelemetryFeed() {}

    /// Calls a listener whenever something of a run arrived; run the result to end that. Listeners must not block.
    public Runnable listen(RunId run, Runnable listener) {
        listeners.compute(run, (_, known) -> {
            Set<Runnable> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(listener);
            return all;
        });
        return () -> listeners.computeIfPresent(run, (_, known) -> {
            known.remove(listener);
            return known.isEmpty() ? null : known;
        });
    }

    void publish(RunId run) {
        listeners.getOrDefault(run, Set.of()).forEach(Runnable::run);
    }
}
