package dev.runyard.supervisor.track;

import dev.runyard.supervisor.workload.Workload;
import dev.runyard.supervisor.workload.WorkloadManager;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops workloads that should have ended by themselves by now.
public final class HaltWorkload implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HaltWorkload.class);

    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final RunRegistry registry;
    private final WorkloadManager workloads;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("halt-timer-", 0).factory());
    private final ExecutorService stops = Executors.newVirtualThreadPerTaskExecutor();

    public HaltWorkload(RunRegistry registry, WorkloadManager workloads) {
        this.registry = registry;
        this.workloads = workloads;
    }

    /// Stops a workload if it still lives after the patience.
    ///
    /// @param grace time between SIGTERM and SIGKILL; killed at once where zero
    void after(String runner, Duration patience, Duration grace) {
        registry.find(runner).map(TrackedRun::workload).ifPresent(meant -> schedule(meant, patience, grace));
    }

    private void schedule(Workload meant, Duration patience, Duration grace) {
        try {
            var _ = timer.schedule(
                    () -> stops.execute(() -> stop(meant, grace)), patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("closed before {} was stopped", meant.runner());
        }
    }

    private void stop(Workload meant, Duration grace) {
        String runner = meant.runner();
        // By now it may have ended, or have been given another run.
        if (registry.find(runner).filter(run -> run.workload().equals(meant)).isEmpty()) {
            return;
        }
        try {
            log.info("stopping {}, which has not ended by itself", runner);
            workloads.stop(runner, grace);
        } catch (RuntimeException e) {
            log.warn("cannot stop {} yet: {}", runner, e.getMessage());
            schedule(meant, AGAIN, grace);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        stops.shutdown();
    }
}
