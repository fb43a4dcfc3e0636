package dev.runyard.supervisor.drain;

import dev.runyard.supervisor.capacity.Capacity;
import dev.runyard.supervisor.pace.ServiceLoop;
import dev.runyard.supervisor.track.Dependencies;
import dev.runyard.supervisor.track.StoredRuns;
import dev.runyard.supervisor.warm.WarmPool;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the operator's wish that this supervisor take no new runs.
///
/// What a call for work in flight still brings is started: the webapp has handed it out. Runs that execute or wait here
/// go on to their end, also those whose processes are stored.
public final class Drain {
    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    private final DrainMarker marker;
    private final Dependencies dependencies;
    private final Capacity capacity;
    private final WarmPool warmPool;
    private final StoredRuns stored;
    private final ServiceLoop loop;
    private boolean told;

    /// How far a drain is.
    public enum State {
        /// Nobody wants one.
        OFF,
        /// The last call for work has not ended yet.
        BEGINNING,
        /// No more runs come.
        ON;

        /// Returns the name in answers of the supervisor.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What a drained supervisor still has to do.
    ///
    /// @param state how far the drain is
    /// @param runs runs that have workloads here, and those that are about to get one
    /// @param stored waiting runs whose processes are stored here
    public record Progress(State state, int runs, int stored) {
        boolean isDone() {
            return state == State.ON && runs + stored == 0;
        }
    }

    public Drain(
            DrainMarker marker,
            Dependencies dependencies,
            Capacity capacity,
            WarmPool warmPool,
            StoredRuns stored,
            Duration period) {
        this.marker = marker;
        this.dependencies = dependencies;
        this.capacity = capacity;
        this.warmPool = warmPool;
        this.stored = stored;
        this.loop = new ServiceLoop("drain", dependencies.pacer(), () -> {
            follow();
            dependencies.pacer().pause(period);
        });
    }

    /// Follows from now on. A supervisor that was drained in an earlier life is so before this returns.
    public void start() {
        follow();
        loop.start();
    }

    public void stop() {
        loop.stop(Duration.ZERO);
    }

    /// Returns how far it is.
    public Progress progress() {
        State state = !capacity.isHeld() ? State.OFF : capacity.isNobodyAsking() ? State.ON : State.BEGINNING;
        // Read in the order in which a run moves on from one to the next, so that none is missed.
        int storedRuns = stored.all().size();
        Capacity.Usage usage = capacity.usage();
        int tracked = dependencies.registry().all().size();
        // A run whose end is still being reported has given its share back.
        return new Progress(state, Math.max(usage.runs() + usage.waiting(), tracked), storedRuns);
    }

    private void follow() {
        boolean isWanted = marker.isSet();
        if (isWanted && !capacity.isHeld()) {
            begin();
        } else if (!isWanted && capacity.isHeld()) {
            capacity.letGo();
            log.info("no longer drained: taking new runs again");
        } else if (isWanted && !told && progress().isDone()) {
            told = true;
            log.info("drained: no run is left, this supervisor can be stopped");
        }
    }

    private void begin() {
        told = false;
        capacity.hold();
        // Whoever has ended a run from now on finds the pool closed.
        warmPool.close();
        Progress progress = progress();
        log.info(
                "drained: taking no new runs; runs left: {}, and {} whose processes are stored while they wait",
                progress.runs(),
                progress.stored());
    }
}
