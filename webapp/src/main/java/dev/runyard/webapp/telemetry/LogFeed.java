package dev.runyard.webapp.telemetry;

import dev.runyard.protocol.id.RunId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;

/// Tells listeners in this process that lines of a run arrived here. Lines that arrive at another webapp are not told:
/// a listener that must not miss those asks LogQueries now and then.
@Component
public class LogFeed {
    private final Map<RunId, Set<LongConsumer>> listeners = new ConcurrentHashMap<>();

    LogFeed() {}

    /// Calls a listener with the number of a run's newest line; run the result to end that. Listeners must not block.
    public Runnable listen(RunId run, LongConsumer listener) {
        listeners.compute(run, (_, known) -> {
            Set<LongConsumer> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(listener);
            return all;
        });
        return () -> listeners.computeIfPresent(run, (_, known) -> {
            known.remove(listener);
            return known.isEmpty() ? null : known;
        });
    }

    void publish(RunId run, long lastSeq) {
        listeners.getOrDefault(run, Set.of()).forEach(listener -> listener.accept(lastSeq));
    }
}
