package dev.runyard.runner.telemetry;

import dev.runyard.sdk.internal.SpanSnapshot;

/**
 * A span that waits to be sent.
 *
 * @param span what is known of it
 * @param origin the attempt that it is a part of
 */
record BufferedSpan(SpanSnapshot span, Origin origin) {

    /** Returns roughly how many characters it holds. */
    int weight() {
        int texts = span.attributes().values().stream()
                .mapToInt(value -> value instanceof CharSequence text ? text.length() : 0)
                .sum();
        int events = span.events().stream()
                .flatMap(event -> event.attributes().values().stream())
                .mapToInt(value -> value instanceof CharSequence text ? text.length() : 0)
                .sum();
        return 256
                + texts
                + events
                + 64 * (span.attributes().size() + span.events().size());
    }
}
