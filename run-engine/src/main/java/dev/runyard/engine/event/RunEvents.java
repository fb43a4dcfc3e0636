package dev.runyard.engine.event;

import java.time.InstantSource;
import java.util.List;
import org.springframework.transaction.support.TransactionTemplate;

/// The feed of everything that happens to runs.
public final class RunEvents {
    private final EventRepository repository;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    public RunEvents(EventRepository repository, TransactionTemplate transaction, InstantSource clock) {
        this.repository = repository;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// Where a consumer that is new begins.
    public enum Start {
        /// With what happens from now on.
        NOW,
        /// With the oldest event that is kept.
        OLDEST
    }

    /// Returns the consumer of a name, which is added where it is new.
    ///
    /// @param name tells consumers apart; the place in the feed is kept under it
    /// @param start where a new one begins; one that exists goes on where it was
    public EventConsumer consumer(String name, Start start) {
        long tx = start == Start.OLDEST ? 0 : repository.horizon();
        repository.addCursor(name, EventPosition.before(tx), clock.instant());
        return new EventConsumer(name, repository, clock);
    }

    /// Forgets a consumer.
    public void remove(String name) {
        repository.removeCursor(name);
    }

    /// Returns all consumers.
    public List<EventConsumer> consumers() {
        return repository.consumers().stream()
                .map(name -> new EventConsumer(name, repository, clock))
                .toList();
    }

    /// Keeps the order of the feed over a move to another server, whose transactions are numbered anew.
    /// Called once at start, before anything is written.
    public void keepOrder() {
        if (repository.isBehindItsReaders()) {
            transaction.executeWithoutResult(_ -> repository.shiftNumbers());
        }
    }
}
