package dev.runyard.supervisor.consume;

import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.supervisor.platform.PlatformException;
import dev.runyard.supervisor.track.Dependencies;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows that a run is in good hands while its workload takes long to start, as when a large image is fetched.
///
/// From its start on, the runner does so itself.
final class KeepLease implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KeepLease.class);

    /// Well below the time after which the webapp takes a run back.
    static final Duration PERIOD = Duration.ofSeconds(10);

    private final Thread thread;

    private KeepLease(Thread thread) {
        this.thread = thread;
    }

    static KeepLease of(DequeuedMessage message, Dependencies dependencies) {
        return new KeepLease(Thread.ofVirtual()
                .name("lease-" + message.run().friendlyId())
                .start(() -> keep(message, dependencies)));
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private static void keep(DequeuedMessage message, Dependencies dependencies) {
        try {
            while (true) {
                dependencies.pacer().pause(PERIOD);
                extend(message, dependencies);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void extend(DequeuedMessage message, Dependencies dependencies) {
        try {
            dependencies
                    .platform()
                    .extendLease(message.run().friendlyId(), message.snapshot().friendlyId());
        } catch (PlatformException e) {
            log.debug("cannot extend the lease of {}", message.run().friendlyId(), e);
        }
    }
}
