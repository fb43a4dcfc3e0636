package dev.runyard.webapp.worker;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Tells calls that wait to come to their end when the server shuts down, which otherwise would wait for them.
@Component
class LongPolls {
    private volatile boolean isClosing;

    LongPolls() {}

    boolean isClosing() {
        return isClosing;
    }

    @EventListener(ContextClosedEvent.class)
    void close() {
        isClosing = true;
    }
}
