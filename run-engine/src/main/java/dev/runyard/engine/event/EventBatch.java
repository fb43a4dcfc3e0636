package dev.runyard.engine.event;

import java.util.List;

/// What a consumer read at once.
///
/// @param events the events, oldest first
/// @param from where the consumer stood
/// @param to where it stands once it has acknowledged
public record EventBatch(List<DomainEvent> events, EventPosition from, EventPosition to) {
    public EventBatch {
        events = List.copyOf(events);
    }
}
