package dev.runyard.engine.queue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// When this server was last asked for runs of a worker queue.
public final class WorkerQueuePolls {
    private final Map<String, Instant> lastAsked = new ConcurrentHashMap<>();
    private final InstantSource clock;

    public WorkerQueuePolls(InstantSource clock) {
        this.clock = clock;
    }

    public void asked(String workerQueue) {
        lastAsked.put(workerQueue, clock.instant());
    }

    /// Returns when that was; nothing where it never was since this server started.
    public Optional<Instant> lastAsked(String workerQueue) {
        return Optional.ofNullable(lastAsked.get(workerQueue));
    }
}
