package dev.runyard.supervisor.pace;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A named thread that repeats a step until it is stopped, and slows down while the step fails.
public final class ServiceLoop {
    private static final Logger log = LoggerFactory.getLogger(ServiceLoop.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

    /// After the first failure of a series, only every so many are logged.
    private static final int LOG_EVERY = 20;

    /// One round.
    @FunctionalInterface
    public interface Step {
        void run() throws InterruptedException;
    }

    /// A failure whose message says all there is to say.
    public interface Expected {}

    private final String name;
    private final Step step;
    private final Pacer pacer;
    private volatile boolean stopping;
    private @Nullable Thread thread;

    public ServiceLoop(String name, Pacer pacer, Step step) {
        this.name = name;
        this.step = step;
        this.pacer = pacer;
    }

    public synchronized void start() {
        thread = Thread.ofVirtual().name(name).start(this::loop);
    }

    /// Lets the current round end by itself, and interrupts it where that takes longer than the patience.
    public void stop(Duration patience) {
        stopping = true;
        Thread running = running();
        if (running == null) {
            return;
        }
        try {
            if (!running.join(patience)) {
                running.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Makes the current round the last one. For a step that has done all there is to do.
    public void finish() {
        stopping = true;
    }

    private synchronized @Nullable Thread running() {
        return thread;
    }

    private void loop() {
        int failures = 0;
        while (!stopping) {
            try {
                step.run();
                if (failures > 0) {
                    log.info("{} works again", name);
                }
                failures = 0;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (stopping || !pauseAfter(++failures, e)) {
                    return;
                }
            }
        }
    }

    private boolean pauseAfter(int failures, RuntimeException cause) {
        if (failures % LOG_EVERY == 1) {
            logFailure(cause);
        }
        try {
            pacer.pause(BACKOFF.after(failures));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void logFailure(RuntimeException cause) {
        if (cause instanceof Expected) {
            log.warn("{} failed and will be tried again: {}", name, cause.getMessage());
        } else {
            log.error("{} failed and will be tried again", name, cause);
        }
    }
}
