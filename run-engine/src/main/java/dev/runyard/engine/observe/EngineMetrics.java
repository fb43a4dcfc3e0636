package dev.runyard.engine.observe;

import dev.runyard.engine.run.RunEvent;
import dev.runyard.protocol.run.ExecutionStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Counters of the engine, named `runyard.*`.
public final class EngineMetrics {
    /// Counts transitions by where the run stood (`NEW` for a new one) and what happened.
    public static final String TRANSITIONS = "runyard.run.transitions";

    private final MeterRegistry registry;
    private final Map<String, Counter> transitions = new ConcurrentHashMap<>();

    public EngineMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void transition(@Nullable ExecutionStatus from, RunEvent event) {
        String start = from == null ? "NEW" : from.name();
        transitions
                .computeIfAbsent(
                        start + event,
                        _ -> registry.counter(TRANSITIONS, Tags.of("from", start, "event", event.name())))
                .increment();
    }

    /// Counts what the engine repaired: `lease`, `outbox`, `rebuild`, `claim`, by kind.
    public void repaired(String kind, int amount) {
        registry.counter("runyard.engine.repairs", "kind", kind).increment(amount);
    }

    /// Counts decisions about ticks of schedules by outcome: `TRIGGERED`, `REFUSED`, `MISSED`, `INACTIVE`.
    public void tick(String outcome) {
        registry.counter("runyard.schedule.ticks", "outcome", outcome).increment();
    }

    /// Records how late a tick was.
    public void tickLateness(Duration lateness) {
        registry.timer("runyard.schedule.lateness").record(lateness);
    }

    /// Counts results that came from a worker which no longer held its run.
    public void refusedStale(String call) {
        registry.counter("runyard.engine.stale.calls", "call", call).increment();
    }
}
