package dev.runyard.engine.gate;

import dev.runyard.engine.observe.EngineMetric;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;

/// Tells metrics of the busiest queues. How many they are is a setting, so that queues never make more series than
/// that.
public final class MeasureQueues {
    /// Runs that wait, by environment and queue.
    public static final String QUEUED = EngineMetric.QUEUED.id();
    /// Runs that hold a slot, by environment and queue.
    public static final String RUNNING = EngineMetric.RUNNING.id();

    private final QueueViewRepository queues;
    private final QueueConfig config;
    private final MultiGauge queued;
    private final MultiGauge running;

    MeasureQueues(QueueViewRepository queues, QueueConfig config, MeterRegistry registry) {
        this.queues = queues;
        this.config = config;
        this.queued = MultiGauge.builder(QUEUED).register(registry);
        this.running = MultiGauge.builder(RUNNING).register(registry);
    }

    /// Counts and sets the gauges; queues that are no longer among the busiest leave.
    public void measure() {
        if (config.measuredQueues() == 0) {
            return;
        }
        List<MultiGauge.Row<?>> waiting = new ArrayList<>();
        List<MultiGauge.Row<?>> holding = new ArrayList<>();
        for (QueueViewRepository.Measured queue : queues.busiest(config.measuredQueues())) {
            Tags tags = Tags.of("environment", queue.environment().toString(), "queue", queue.queue());
            waiting.add(MultiGauge.Row.of(tags, queue.queued()));
            holding.add(MultiGauge.Row.of(tags, queue.running()));
        }
        queued.register(waiting, true);
        running.register(holding, true);
    }
}
