package dev.runyard.engine.event;

import java.util.UUID;

/// A place in the feed.
///
/// @param tx number of the transaction that wrote the event
/// @param runId the event's run
/// @param version the event's version
public record EventPosition(long tx, UUID runId, int version) {
    private static final UUID FIRST = new UUID(0, 0);

    /// The place before every event of a transaction.
    static EventPosition before(long tx) {
        return new EventPosition(tx, FIRST, 0);
    }
}
