package dev.runyard.runner.attempt;

import dev.runyard.sdk.Metadata;
import dev.runyard.sdk.internal.Pacer;
import java.time.Duration;

/** Sends changes of metadata once a second while an attempt executes. */
final class FlushMetadata implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Thread thread;

    private FlushMetadata(Metadata metadata) {
        this.thread = Thread.ofVirtual().name("runyard-metadata").unstarted(() -> {
            try {
                while (true) {
                    Pacer.SLEEPING.pause(PERIOD);
                    metadata.flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    static FlushMetadata of(Metadata metadata) {
        FlushMetadata flushing = new FlushMetadata(metadata);
        flushing.thread.start();
        return flushing;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
