package dev.runyard.webapp.dashboard;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.change.RunChanged;
import dev.runyard.protocol.id.EnvironmentId;
import jakarta.annotation.PostConstruct;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Hands changes of runs to the open streams of their environment. One listener of the engine serves them all.
@Component
class RunChangeFeed {
    private final RunEngine engine;
    private final Map<EnvironmentId, Set<RunEventStream>> streams = new ConcurrentHashMap<>();
    private AutoCloseable subscription = () -> {};

    RunChangeFeed(RunEngine engine) {
        this.engine = engine;
    }

    @PostConstruct
    void subscribe() {
        subscription = engine.onChange(this::deliver);
    }

    void add(EnvironmentId environment, RunEventStream stream) {
        streams.compute(environment, (_, known) -> {
            Set<RunEventStream> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(stream);
            return all;
        });
    }

    void remove(EnvironmentId environment, RunEventStream stream) {
        streams.computeIfPresent(environment, (_, known) -> {
            known.remove(stream);
            return known.isEmpty() ? null : known;
        });
    }

    private void deliver(RunChanged change) {
        streams.getOrDefault(change.environmentId(), Set.of()).forEach(stream -> stream.changed(change));
    }

    /// Ends every stream, so that a shutdown does not wait for browsers to leave.
    @EventListener(ContextClosedEvent.class)
    void close() throws Exception {
        subscription.close();
        streams.values().forEach(all -> all.forEach(RunEventStream::close));
    }
}
