package dev.runyard.supervisor.consume;

import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.supervisor.config.WarmProperties;
import dev.runyard.supervisor.track.Dependencies;
import dev.runyard.supervisor.track.TrackedRun;
import dev.runyard.supervisor.warm.WarmPool;
import dev.runyard.supervisor.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives a run to a workload that is there already.
public final class StartWarm {
    private static final Logger log = LoggerFactory.getLogger(StartWarm.class);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Dependencies dependencies;
    private final WarmPool pool;
    private final WarmProperties settings;

    public StartWarm(Dependencies dependencies, WarmPool pool, WarmProperties settings) {
        this.dependencies = dependencies;
        this.pool = pool;
        this.settings = settings;
    }

    /// Returns whether a waiting workload has begun the run. A workload that does not begin it in time is ended first,
    /// so that the run cannot begin twice.
    boolean start(DequeuedMessage message, Workload wanted) throws InterruptedException {
        if (!pool.isOn() || message.checkpoint() != null) {
            return false;
        }
        Optional<Workload> given = pool.give(message, wanted);
        if (given.isEmpty()) {
            return false;
        }
        if (!hasBegun(given.get())) {
            pool.withdraw(given.get(), wanted.runner());
            return false;
        }
        Duration took =
                Duration.between(message.dequeuedAt(), dependencies.clock().instant());
        dependencies.metrics().startedWarm(took);
        log.info("{} goes on with {} ({} ms after it was taken)", given.get().runner(), wanted.run(), took.toMillis());
        return true;
    }

    /// Ends waiting workloads whose memory is needed.
    void makeRoom() {
        pool.makeRoom();
    }

    private boolean hasBegun(Workload workload) throws InterruptedException {
        Instant deadline = dependencies.clock().instant().plus(settings.pickup());
        while (dependencies.clock().instant().isBefore(deadline)) {
            Optional<TrackedRun> run = dependencies
                    .registry()
                    .find(workload.runner())
                    .filter(found -> found.workload().equals(workload));
            // An entry that is gone has been begun and ended, or its end was reported.
            if (run.isEmpty() || run.get().attemptStartedAt() != null) {
                return true;
            }
            dependencies.pacer().pause(LOOK);
        }
        return false;
    }
}
