package dev.runyard.supervisor.consume;

import dev.runyard.protocol.worker.DequeueRequest;
import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.supervisor.capacity.Capacity;
import dev.runyard.supervisor.config.TimingProperties;
import dev.runyard.supervisor.pace.ServiceLoop;
import dev.runyard.supervisor.track.Dependencies;
import dev.runyard.supervisor.workload.RunnerName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes runs from the webapp, one long poll after the other, as long as there is room for more.
public final class DequeueLoop {
    private static final Logger log = LoggerFactory.getLogger(DequeueLoop.class);

    /// Bounds the size of an answer, not the work: the next call follows at once.
    private static final int MOST_AT_ONCE = 50;

    private final Dependencies dependencies;
    private final Capacity capacity;
    private final StartRun startRun;
    private final FetchStored fetchStored;
    private final TimingProperties timing;
    private final ServiceLoop loop;
    private boolean hindered;
    private volatile boolean ending;
    private final ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor();

    public DequeueLoop(
            Dependencies dependencies,
            Capacity capacity,
            StartRun startRun,
            FetchStored fetchStored,
            TimingProperties timing) {
        this.dependencies = dependencies;
        this.capacity = capacity;
        this.startRun = startRun;
        this.fetchStored = fetchStored;
        this.timing = timing;
        this.loop = new ServiceLoop("dequeue", dependencies.pacer(), this::poll);
    }

    public void start() {
        loop.start();
    }

    /// Takes no more runs. What the call in flight still brings is started, since the webapp has handed it out.
    public void end() {
        ending = true;
        capacity.close();
        loop.stop(timing.drainTimeout());
        starts.shutdown();
        try {
            if (!starts.awaitTermination(timing.drainTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("some workloads are still being started; the next supervisor takes them over");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void poll() throws InterruptedException {
        int room = Math.min(capacity.awaitRoom(), MOST_AT_ONCE);
        if (room > 0 && !isHindered()) {
            ask(room, startRun::start);
        } else if (room == 0 && mayFetchStored() && !isHindered()) {
            // One at a time: nobody can say beforehand whose run comes.
            ask(1, fetchStored::start);
            dependencies.pacer().pause(timing.idlePause());
        } else {
            dependencies.pacer().pause(timing.idlePause());
        }
    }

    /// While no new runs are taken, those that were stored here are still asked for.
    private boolean mayFetchStored() {
        return !ending && capacity.isHeld() && capacity.usage().waiting() == 0 && fetchStored.isDue();
    }

    private void ask(int most, Start start) throws InterruptedException {
        Instant begun = dependencies.clock().instant();
        Duration hold = timing.dequeueTimeout();
        List<DequeuedMessage> messages =
                dependencies.platform().dequeue(new DequeueRequest(free(), most, hold.toMillis()), hold);
        Duration took = Duration.between(begun, dependencies.clock().instant());
        dependencies.metrics().dequeued(messages.size(), took);
        for (DequeuedMessage message : messages) {
            if (capacity.announce(RunnerName.of(message))) {
                starts.execute(() -> begin(message, start));
            } else {
                log.info("{} was handed out twice", message.run().friendlyId());
            }
        }
        Duration left = timing.idlePause().minus(took);
        if (messages.isEmpty() && left.isPositive()) {
            // The webapp did not hold the call; asking again at once would be a busy loop.
            dependencies.pacer().pause(left);
        }
    }

    /// Runs that nobody here can start are left to other supervisors, or to a better time.
    private boolean isHindered() {
        Optional<String> obstacle = startRun.obstacle();
        if (obstacle.isPresent() && !hindered) {
            log.warn("taking no runs for now: {}", obstacle.get());
        } else if (obstacle.isEmpty() && hindered) {
            log.info("taking runs again");
        }
        hindered = obstacle.isPresent();
        return hindered;
    }

    private DequeueRequest.Resources free() {
        Capacity.Usage usage = capacity.usage();
        return new DequeueRequest.Resources(
                Math.max(0, capacity.total().cpu() - usage.cpu()),
                Math.max(0, capacity.total().memoryGb() - usage.memoryGb()));
    }

    /// What becomes of a run that was taken.
    @FunctionalInterface
    private interface Start {
        void start(DequeuedMessage message) throws InterruptedException;
    }

    private void begin(DequeuedMessage message, Start start) {
        try {
            start.start(message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            capacity.release(RunnerName.of(message));
            log.error("cannot start {}", message.run().friendlyId(), e);
        }
    }
}
