package dev.runyard.spring;

import dev.runyard.worker.WorkerListener;
import dev.runyard.worker.WorkerStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Measures the worker: gauges {@code runyard.worker.running}, {@code runyard.worker.waiting} and
 * {@code runyard.worker.concurrency}, and the timer {@code runyard.worker.attempt} by task and outcome.
 */
final class WorkerMetrics implements WorkerListener, SmartInitializingSingleton {
    private final ObjectProvider<MeterRegistry> registries;
    private final ObjectProvider<RunyardWorker> worker;

    WorkerMetrics(ObjectProvider<MeterRegistry> registries, ObjectProvider<RunyardWorker> worker) {
        this.registries = registries;
        this.worker = worker;
    }

    @Override
    public void afterSingletonsInstantiated() {
        worker.ifAvailable(measured -> registries.ifAvailable(registry -> {
            gauge(registry, "running", "runs whose code runs now", measured, WorkerStatus::running);
            gauge(registry, "waiting", "runs that wait for something", measured, WorkerStatus::waiting);
            gauge(registry, "concurrency", "most runs whose code may run", measured, WorkerStatus::concurrency);
        }));
    }

    @Override
    public void attemptEnded(String task, String run, boolean succeeded, Duration took) {
        registries.ifAvailable(registry -> registry.timer(
                        "runyard.worker.attempt", "task", task, "outcome", succeeded ? "succeeded" : "failed")
                .record(took));
    }

    private static void gauge(
            MeterRegistry registry,
            String name,
            String description,
            RunyardWorker worker,
            ToDoubleFunction<WorkerStatus> value) {
        Gauge.builder("runyard.worker." + name, worker, one -> value.applyAsDouble(one.status()))
                .description(description)
                .register(registry);
    }
}
