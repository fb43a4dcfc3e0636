package dev.runyard.engine.version;

import dev.runyard.engine.outbox.DoneRows;
import dev.runyard.engine.outbox.OutboxRepository;
import dev.runyard.engine.queue.ApplyLimits;
import dev.runyard.engine.queue.QueueDeclaration;
import dev.runyard.engine.queue.QueueLimitRepository;
import dev.runyard.engine.queue.QueueUnavailableException;
import dev.runyard.protocol.id.EnvironmentId;
import java.time.InstantSource;
import java.util.List;
import org.springframework.transaction.support.TransactionTemplate;

/// Writes the limits of queues and lets Redis know, now or through the outbox.
public final class DeclareQueues {
    private final QueueLimitRepository limits;
    private final OutboxRepository outbox;
    private final ApplyLimits applyLimits;
    private final DoneRows done;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    public DeclareQueues(
            QueueLimitRepository limits,
            OutboxRepository outbox,
            ApplyLimits applyLimits,
            DoneRows done,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.limits = limits;
        this.outbox = outbox;
        this.applyLimits = applyLimits;
        this.done = done;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// Declares the queues of a version.
    public void declare(EnvironmentId environment, List<QueueDeclaration> queues) {
        Long row = transaction.execute(_ -> {
            limits.declare(environment, queues);
            return outbox.announceLimits(environment, clock.instant());
        });
        applyNow(environment, row);
    }

    /// Makes changed limits of an environment known.
    public void refresh(EnvironmentId environment) {
        applyNow(environment, outbox.announceLimits(environment, clock.instant()));
    }

    private void applyNow(EnvironmentId environment, long row) {
        try {
            applyLimits.apply(environment);
            done.add(row);
        } catch (QueueUnavailableException e) {
            // The relay applies the row once Redis is back.
        }
    }
}
