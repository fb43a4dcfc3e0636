package dev.runyard.webapp.tenant;

import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.webapp.config.RetentionProperties;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Removes what nobody may use or need any more: former keys after their overlap, and old entries of the record of
/// changes. Several webapps may do it at once; rows are gone after the first.
@Component
class ForgetOldRows implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(ForgetOldRows.class);

    private final RetiredKeyRepository retiredKeys;
    private final AuditEventRepository events;
    private final TransactionTemplate transactions;
    private final RetentionProperties properties;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("retention").daemon().factory());

    ForgetOldRows(
            RetiredKeyRepository retiredKeys,
            AuditEventRepository events,
            TransactionTemplate transactions,
            RetentionProperties properties,
            InstantSource clock) {
        this.retiredKeys = retiredKeys;
        this.events = events;
        this.transactions = transactions;
        this.properties = properties;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        long period = properties.period().toMillis();
        timer.scheduleWithFixedDelay(this::turn, 0, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }

    /// What a turn could not do, the next one does.
    private void turn() {
        try {
            forget();
        } catch (RuntimeException e) {
            LOG.warn("old rows of keys and of the record of changes could not be removed", e);
        }
    }

    void forget() {
        Instant now = clock.instant();
        transactions.executeWithoutResult(_ -> {
            retiredKeys.deleteEndedBefore(now);
            if (!properties.audit().isZero()) {
                events.deleteBefore(TimeOrderedIds.firstAt(now.minus(properties.audit())));
            }
        });
    }
}
