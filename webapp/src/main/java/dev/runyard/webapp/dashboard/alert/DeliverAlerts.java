package dev.runyard.webapp.dashboard.alert;

import dev.runyard.webapp.dashboard.alert.DeliveryRepository.Due;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Sends messages that are due. A receiver that does not answer is tried again, with growing pauses, until the message
/// has had its tries.
@Component
class DeliverAlerts {
    private static final Logger LOG = LoggerFactory.getLogger(DeliverAlerts.class);
    private static final int AT_ONCE = 20;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    /// What was deployed before this is no news, whatever the log of messages has forgotten.
    private static final Duration NEWS = Duration.ofHours(1);

    private final DeliveryRepository deliveries;
    private final SendAlert send;
    private final AlertProperties properties;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("alerts").daemon().factory());
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

    DeliverAlerts(DeliveryRepository deliveries, SendAlert send, AlertProperties properties, InstantSource clock) {
        this.deliveries = deliveries;
        this.send = send;
        this.properties = properties;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        long millis = properties.interval().toMillis();
        timer.scheduleWithFixedDelay(this::step, millis, millis, TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(this::forget, 1, 60, TimeUnit.MINUTES);
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
        senders.shutdownNow();
    }

    private void step() {
        try {
            Instant now = clock.instant();
            deliveries.addForDeployments(now.minus(NEWS), now);
            List<Due> due = deliveries.take(AT_ONCE, now, properties.timeout().multipliedBy(3));
            due.forEach(one -> senders.execute(() -> deliver(one)));
        } catch (RuntimeException e) {
            LOG.warn("alerts could not be sent; they are tried again", e);
        }
    }

    private void deliver(Due due) {
        try {
            SendOutcome outcome = send.send(due);
            Instant now = clock.instant();
            switch (outcome) {
                case SendOutcome.Taken(String answer) -> deliveries.sent(due.id(), answer, now);
                case SendOutcome.Refused(String answer) -> deliveries.failed(due.id(), answer, now);
                case SendOutcome.NotNow(String answer)
                when due.attempts() >= properties.maxAttempts() -> deliveries.failed(due.id(), answer, now);
                case SendOutcome.NotNow(String answer) ->
                    deliveries.putOff(due.id(), answer, now.plus(pause(due.attempts())));
            }
        } catch (RuntimeException e) {
            LOG.warn("alert {} could not be sent; it is tried again", due.id(), e);
        }
    }

    /// 10 s, 40 s, 160 s, …
    private static Duration pause(int attempts) {
        return FIRST_PAUSE.multipliedBy(1L << Math.min(12, 2 * (attempts - 1)));
    }

    private void forget() {
        try {
            deliveries.removeBefore(clock.instant().minus(properties.retention()));
        } catch (RuntimeException e) {
            LOG.warn("old alerts could not be removed", e);
        }
    }
}
