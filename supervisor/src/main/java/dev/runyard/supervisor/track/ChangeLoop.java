package dev.runyard.supervisor.track;

import dev.runyard.protocol.worker.RunChangesRequest;
import dev.runyard.protocol.worker.RunChangesResponse;
import dev.runyard.supervisor.config.TimingProperties;
import dev.runyard.supervisor.pace.Pacer;
import dev.runyard.supervisor.pace.ServiceLoop;
import dev.runyard.supervisor.platform.PlatformClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Learns of changes to this supervisor's runs that its runners did not make, by one long poll for all of them.
public final class ChangeLoop {
    /// A server that answers without waiting must not be asked in a tight loop.
    private static final Duration LEAST_PERIOD = Duration.ofMillis(50);

    /// News older than this is no news: polls of runners are passed on then.
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final RunRegistry registry;
    private final PlatformClient platform;
    private final ApplyChange applyChange;
    private final TimingProperties timing;
    private final InstantSource clock;
    private final Pacer pacer;
    private final ServiceLoop loop;
    private volatile Instant lastAnswer = Instant.EPOCH;

    public ChangeLoop(Dependencies dependencies, ApplyChange applyChange, TimingProperties timing) {
        this.registry = dependencies.registry();
        this.platform = dependencies.platform();
        this.clock = dependencies.clock();
        this.pacer = dependencies.pacer();
        this.applyChange = applyChange;
        this.timing = timing;
        this.loop = new ServiceLoop("run-changes", pacer, this::poll);
    }

    public void start() {
        loop.start();
    }

    public void stop() {
        loop.stop(Duration.ZERO);
    }

    /// Tells whether what the registry knows is as new as can be.
    public boolean isFresh() {
        return Duration.between(lastAnswer, clock.instant()).compareTo(FRESH) < 0;
    }

    private void poll() throws InterruptedException {
        Instant begun = clock.instant();
        Duration hold = timing.changesTimeout();
        RunChangesResponse response =
                platform.changes(new RunChangesRequest(registry.awaitWatched(), hold.toMillis()), hold);
        lastAnswer = clock.instant();
        response.changes().forEach(change -> applyChange.apply(change.run().friendlyId(), change.snapshot()));
        response.unknown().forEach(applyChange::unknown);
        Duration left = LEAST_PERIOD.minus(Duration.between(begun, clock.instant()));
        if (left.isPositive()) {
            pacer.pause(left);
        }
    }
}
