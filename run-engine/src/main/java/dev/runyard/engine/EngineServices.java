package dev.runyard.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The loops behind the engine. Each takes a step, then sleeps for its pause or until somebody nudges it;
/// tests call the steps themselves and start no loop.
final class EngineServices {
    private static final Logger LOG = LoggerFactory.getLogger(EngineServices.class);

    private final List<Loop> loops = new ArrayList<>();
    private volatile boolean stopping;

    /// Adds a loop.
    ///
    /// @return nudges it
    Runnable add(String name, Runnable step, Supplier<Duration> pause) {
        Loop loop = new Loop(name, step, pause, new Semaphore(0));
        loops.add(loop);
        return () -> {
            if (loop.nudge().availablePermits() == 0) {
                loop.nudge().release();
            }
        };
    }

    private record Loop(String name, Runnable step, Supplier<Duration> pause, Semaphore nudge) {}

    private final List<Thread> threads = new ArrayList<>();

    synchronized void start() {
        if (threads.isEmpty()) {
            loops.forEach(loop -> threads.add(
                    Thread.ofPlatform().daemon().name("engine-" + loop.name()).start(() -> run(loop))));
        }
    }

    private void run(Loop loop) {
        while (!stopping) {
            try {
                loop.step().run();
            } catch (RuntimeException e) {
                if (stopping) {
                    return;
                }
                LOG.warn("{} failed and goes on: {}", loop.name(), e.getMessage(), e);
            }
            try {
                boolean nudged =
                        loop.nudge().tryAcquire(Math.max(1, loop.pause().get().toMillis()), TimeUnit.MILLISECONDS);
                LOG.trace("{} goes on, nudged: {}", loop.name(), nudged);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// Takes one step of every loop, in the order in which they were added.
    void step() {
        loops.forEach(loop -> loop.step().run());
    }

    synchronized void stop() {
        stopping = true;
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
