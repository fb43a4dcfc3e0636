package dev.runyard.engine.observe;

import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.protocol.run.ExecutionStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Meters of the engine, which [EngineMetric] lists.
public final class EngineMetrics {
    /// Counts transitions by where the run stood (`NEW` for a new one) and what happened.
    public static final String TRANSITIONS = EngineMetric.TRANSITIONS.id();

    private static final Set<ExecutionStatus> UNDER_WAY = Set.of(
            ExecutionStatus.EXECUTING, ExecutionStatus.EXECUTING_WITH_WAITPOINTS, ExecutionStatus.PENDING_CANCEL);
    private static final Set<ExecutionStatus> OVER = Set.of(ExecutionStatus.QUEUED, ExecutionStatus.FINISHED);

    private final MeterRegistry registry;
    private final Map<String, Counter> transitions = new ConcurrentHashMap<>();
    private final List<Sampled> sampled = new CopyOnWriteArrayList<>();

    public EngineMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Repair repair : Repair.values()) {
            registry.counter(EngineMetric.REPAIRS.id(), "kind", repair.tag());
        }
    }

    public void transition(@Nullable ExecutionStatus from, RunEvent event) {
        String start = from == null ? "NEW" : from.name();
        transitions
                .computeIfAbsent(
                        start + event,
                        _ -> registry.counter(
                                EngineMetric.TRANSITIONS.id(), Tags.of("from", start, "event", event.name())))
                .increment();
    }

    /// Counts a transition, and the attempt that it ended.
    public void transition(RunState before, RunState after) {
        transition(before.execution(), after.lastEvent());
        boolean isOver = OVER.contains(after.execution()) || after.lastEvent() == RunEvent.RETRY_ON_WORKER;
        if (before.attemptStartedAt() != null && UNDER_WAY.contains(before.execution()) && isOver) {
            registry.timer(
                            EngineMetric.ATTEMPT_DURATION.id(),
                            "event",
                            after.lastEvent().name())
                    .record(positive(Duration.between(before.attemptStartedAt(), after.updatedAt())));
        }
    }

    /// Counts what the engine put right.
    public void repaired(Repair kind, int amount) {
        registry.counter(EngineMetric.REPAIRS.id(), "kind", kind.tag()).increment(amount);
    }

    /// Counts what retention removed.
    public void removed(String kind, int amount) {
        registry.counter(EngineMetric.REMOVED.id(), "kind", kind).increment(amount);
    }

    /// Counts decisions about ticks of schedules by outcome: `TRIGGERED`, `REFUSED`, `MISSED`, `INACTIVE`.
    public void tick(String outcome) {
        registry.counter(EngineMetric.SCHEDULE_TICKS.id(), "outcome", outcome).increment();
    }

    /// Records how late a tick was.
    public void tickLateness(Duration lateness) {
        registry.timer(EngineMetric.SCHEDULE_LATENESS.id()).record(lateness);
    }

    /// Counts results that came from a worker which no longer held its run.
    public void refusedStale(String call) {
        registry.counter(EngineMetric.STALE_CALLS.id(), "call", call).increment();
    }

    /// Records how long a run that was claimed had waited for it.
    public void waited(Duration wait) {
        registry.timer(EngineMetric.QUEUE_WAIT.id()).record(positive(wait));
    }

    /// Records how many runs a claim got.
    public void claimed(int runs) {
        if (runs > 0) {
            registry.summary(EngineMetric.CLAIM_SIZE.id()).record(runs);
        }
    }

    /// Records a trigger call.
    public void triggered(String outcome, Duration took) {
        registry.timer(EngineMetric.TRIGGER_LATENCY.id(), "outcome", outcome).record(took);
    }

    /// Adds a gauge whose value is looked up now and then, because looking it up costs a query.
    public void gauge(EngineMetric metric, Tags tags, Supplier<Double> look) {
        Sampled gauge = new Sampled(look);
        sampled.add(gauge);
        String unit = metric.kind() == EngineMetric.Kind.SECONDS ? "seconds" : null;
        Gauge.builder(metric.id(), gauge, Sampled::value)
                .tags(tags)
                .baseUnit(unit)
                .description(metric.meaning())
                .register(registry);
    }

    /// Adds such a gauge unless there is one of that name and these tags.
    public void gaugeOnce(EngineMetric metric, Tags tags, Supplier<Double> look) {
        if (registry.find(metric.id()).tags(tags).gauge() == null) {
            gauge(metric, tags, look);
        }
    }

    /// Looks up the values of all gauges.
    public void sample() {
        sampled.forEach(Sampled::refresh);
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private static final class Sampled {
        private final Supplier<Double> look;
        private volatile double value;

        Sampled(Supplier<Double> look) {
            this.look = look;
        }

        void refresh() {
            value = look.get();
        }

        double value() {
            return value;
        }
    }
}
