package dev.runyard.engine.gate;

import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.explain.ExplainRun;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.queue.QueueLimitRepository;
import dev.runyard.engine.queue.RunQueue;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/// Wires this package.
public final class GateParts {
    private final Environments environments;
    private final GateRepository gates;
    private final QueueViewRepository views;
    private final ChangeGates change;

    public GateParts(Environments environments, GateRepository gates, QueueViewRepository views, ChangeGates change) {
        this.environments = environments;
        this.gates = gates;
        this.views = views;
        this.change = change;
    }

    public Queues queues(ExplainRun explain, InstantSource clock) {
        OverrideLimit override = new OverrideLimit(environments, gates, views, change, clock);
        return new Queues(new Queues.Collaborators(environments, gates, views, change, override, explain), clock);
    }

    public DeclareQueues declareQueues() {
        return new DeclareQueues(gates, change);
    }

    public CompareLimits compareLimits(QueueLimitRepository limits, RunQueue queue, EngineMetrics metrics) {
        return new CompareLimits(environments, limits, queue, change, metrics);
    }

    public MeasureQueues measureQueues(QueueConfig config, MeterRegistry registry) {
        return new MeasureQueues(views, config, registry);
    }
}
