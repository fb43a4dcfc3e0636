package dev.runyard.engine.gate;

import java.util.List;

/// One page of a list of queues.
///
/// @param queues by name
/// @param count queues on all pages
public record QueuePage(List<QueueView> queues, int count) {
    public QueuePage {
        queues = List.copyOf(queues);
    }
}
