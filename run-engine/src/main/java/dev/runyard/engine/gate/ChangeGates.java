package dev.runyard.engine.gate;

import dev.runyard.engine.outbox.DoneRows;
import dev.runyard.engine.outbox.OutboxRepository;
import dev.runyard.engine.queue.ApplyLimits;
import dev.runyard.engine.queue.QueueUnavailableException;
import dev.runyard.engine.queue.WakeSignals;
import dev.runyard.protocol.id.EnvironmentId;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.transaction.support.TransactionTemplate;

/// Changes limits and pauses in the database, and lets Redis know, now or through the outbox.
public final class ChangeGates {
    private final OutboxRepository outbox;
    private final ApplyLimits applyLimits;
    private final DoneRows done;
    private final WakeSignals wakes;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    /// What a change needs.
    public record Collaborators(
            OutboxRepository outbox,
            ApplyLimits applyLimits,
            DoneRows done,
            WakeSignals wakes,
            TransactionTemplate transaction) {}

    public ChangeGates(Collaborators with, InstantSource clock) {
        this.outbox = with.outbox();
        this.applyLimits = with.applyLimits();
        this.done = with.done();
        this.wakes = with.wakes();
        this.transaction = with.transaction();
        this.clock = clock;
    }

    /// Applies a change of an environment's gates.
    ///
    /// @param write writes it; nothing to do where the control plane has written
    public void apply(EnvironmentId environment, Runnable write) {
        Long row = Objects.requireNonNull(transaction.execute(_ -> {
            write.run();
            return outbox.announceLimits(environment, clock.instant());
        }));
        try {
            applyLimits.apply(environment);
            done.add(row);
        } catch (QueueUnavailableException e) {
            // The relay applies the row once Redis is back; claims read the database until then.
            wakes.wakeAll();
        }
    }
}
