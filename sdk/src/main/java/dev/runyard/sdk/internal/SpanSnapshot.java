package dev.runyard.sdk.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a span at a moment.
 *
 * @param self its ids
 * @param parentId the span that it is a part of
 * @param kind what it is
 * @param name what people read
 * @param start when it began
 * @param end when it ended; absent while it goes on
 * @param isError whether it failed
 * @param error why
 * @param attributes its data
 * @param events moments in it
 */
public record SpanSnapshot(
        SpanRef self,
        @Nullable String parentId,
        Kind kind,
        String name,
        Instant start,
        @Nullable Instant end,
        boolean isError,
        @Nullable String error,
        Map<String, @Nullable Object> attributes,
        List<Event> events) {

    /** What a span is. */
    public enum Kind {
        /** Work. */
        WORK,
        /** A wait. */
        WAIT
    }

    /**
     * A moment.
     *
     * @param at when
     * @param name what people read
     * @param attributes its data
     */
    public record Event(Instant at, String name, Map<String, ?> attributes) {}
}
