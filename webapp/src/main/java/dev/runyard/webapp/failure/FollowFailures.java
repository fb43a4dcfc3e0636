package dev.runyard.webapp.failure;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.event.EventBatch;
import dev.runyard.engine.event.EventConsumer;
import dev.runyard.engine.event.RunEvents.Start;
import jakarta.annotation.PreDestroy;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Follows the feed of events and notes the runs that failed. Several servers may do so at once: each sees all events,
/// and a failure is noted, and told to the listeners, by whichever comes first.
@Component
class FollowFailures {
    private static final Logger LOG = LoggerFactory.getLogger(FollowFailures.class);
    private static final String CONSUMER = "dashboard-failures";
    private static final int EVENTS_AT_ONCE = 1_000;
    private static final int REMOVED_AT_ONCE = 1_000;

    private final RunEngine engine;
    private final ReadFailure readFailure;
    private final FailureRepository failures;
    private final List<FailureListener> listeners;
    private final TransactionTemplate transactions;
    private final FailureProperties properties;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("failures").daemon().factory());

    FollowFailures(
            RunEngine engine,
            ReadFailure readFailure,
            FailureRepository failures,
            ObjectProvider<FailureListener> listeners,
            TransactionTemplate transactions,
            FailureProperties properties,
            InstantSource clock) {
        this.engine = engine;
        this.readFailure = readFailure;
        this.failures = failures;
        this.listeners = listeners.orderedStream().toList();
        this.transactions = transactions;
        this.properties = properties;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        EventConsumer consumer = engine.events().consumer(CONSUMER, Start.NOW);
        long millis = properties.interval().toMillis();
        timer.scheduleWithFixedDelay(() -> step(consumer), millis, millis, TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(this::forget, 1, 60, TimeUnit.MINUTES);
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }

    /// A failure here must not end the timer; the events stay in the feed and are read again.
    private void step(EventConsumer consumer) {
        try {
            EventBatch batch;
            do {
                batch = consumer.read(EVENTS_AT_ONCE);
                batch.events().stream()
                        .flatMap(event -> readFailure.of(event).stream())
                        .forEach(this::note);
            } while (consumer.acknowledge(batch) && batch.events().size() >= EVENTS_AT_ONCE);
        } catch (RuntimeException e) {
            LOG.warn("failures could not be noted; they are read again", e);
        }
    }

    private void note(Failure failure) {
        transactions.executeWithoutResult(_ -> {
            if (failures.add(failure)) {
                listeners.forEach(listener -> listener.failed(failure));
            }
        });
    }

    private void forget() {
        try {
            while (failures.removeBefore(clock.instant().minus(properties.retention()), REMOVED_AT_ONCE)
                    == REMOVED_AT_ONCE) {
                LOG.debug("removing more old failures");
            }
        } catch (RuntimeException e) {
            LOG.warn("old failures could not be removed", e);
        }
    }
}
