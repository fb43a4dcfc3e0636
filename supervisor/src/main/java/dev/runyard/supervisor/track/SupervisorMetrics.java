package dev.runyard.supervisor.track;

import dev.runyard.supervisor.capacity.Capacity;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// What operators can measure of a supervisor.
public final class SupervisorMetrics {
    private static final String PREFIX = "runyard.supervisor.";

    private static final String ENDED = PREFIX + "workloads.ended";
    private static final List<String> ENDS =
            List.of("exit-zero", "exit-code", "signal", "out-of-memory", "not-executable", "vanished", "not-started");

    private final MeterRegistry meters;
    private final Timer dequeue;
    private final Timer start;
    private final Timer attempt;
    private final Timer warm;
    private final Timer restore;

    public SupervisorMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.dequeue = timer("dequeue", "Calls for work that brought some");
        this.start = timer("workload.start", "From the hand-over of a run until its workload was started");
        this.warm = timer("warm.start", "From the hand-over of a run until a waiting workload had begun it");
        this.restore = timer("restore", "From the hand-over of a suspended run until it went on");
        // A rate is only right from the start if the series begins with zero.
        ENDS.forEach(kind -> meters.counter(ENDED, "kind", kind));
        for (String counted :
                List.of("runs.dequeued", "runs.started", "runs.started.warm", "runs.suspended", "runs.restored")) {
            meters.counter(PREFIX + counted);
        }
        this.attempt = timer("attempt.start", "From the hand-over of a run until its runner started the attempt");
    }

    /// Publishes the accounts of the machine.
    public void observe(Capacity capacity) {
        gauge("capacity.slots", () -> capacity.total().slots());
        gauge("capacity.runs", () -> capacity.usage().runs());
        gauge("capacity.waiting", () -> capacity.usage().waiting());
        gauge("capacity.cpu", () -> capacity.usage().cpu());
        gauge("capacity.memory.gib", () -> capacity.usage().memoryGb());
        gauge("drained", () -> capacity.isHeld() ? 1 : 0);
    }

    /// Publishes how many workloads wait for another run.
    public void observeWarm(Supplier<Number> waiting) {
        gauge("warm.idle", waiting);
    }

    /// Publishes how many workloads stand still because their runs wait.
    public void observeResting(Supplier<Number> resting) {
        gauge("waiting.resting", resting);
    }

    /// Publishes how many workloads are stored and have no process.
    public void observeStored(Supplier<Number> stored) {
        gauge("waiting.stored", stored);
    }

    public void dequeued(int runs, Duration took) {
        if (runs > 0) {
            dequeue.record(took);
            meters.counter(PREFIX + "runs.dequeued").increment(runs);
        }
    }

    public void started(Duration took) {
        start.record(took);
        meters.counter(PREFIX + "runs.started").increment();
    }

    /// Notes a run that a workload began which was there already.
    public void startedWarm(Duration took) {
        warm.record(took);
        meters.counter(PREFIX + "runs.started.warm").increment();
    }

    /// Counts a waiting workload that was stored and ended.
    public void suspended() {
        meters.counter(PREFIX + "runs.suspended").increment();
    }

    /// Notes a run that went on from what was stored of its workload.
    public void restored(Duration took) {
        restore.record(took);
        meters.counter(PREFIX + "runs.restored").increment();
    }

    public void attemptStarted(Duration sinceDequeue) {
        attempt.record(sinceDequeue);
    }

    /// Counts an attempt that its runner completed.
    public void completed(String attemptStatus) {
        meters.counter(PREFIX + "attempts.completed", "status", attemptStatus).increment();
    }

    /// Counts a workload that ended.
    public void ended(String kind) {
        meters.counter(ENDED, "kind", kind).increment();
    }

    private void gauge(String name, Supplier<Number> value) {
        Gauge.builder(PREFIX + name, value).strongReference(true).register(meters);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(PREFIX + name)
                .description(description)
                .publishPercentiles(0.5, 0.99)
                .register(meters);
    }
}
