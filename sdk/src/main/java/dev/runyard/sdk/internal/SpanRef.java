package dev.runyard.sdk.internal;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A span by its ids.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 */
public record SpanRef(String traceId, String spanId) {
    private static final Pattern HEADER = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}.*");

    /** Reads a W3C {@code traceparent}; empty where it is none. */
    public static Optional<SpanRef> parse(@Nullable String traceparent) {
        Matcher matcher = HEADER.matcher(traceparent == null ? "" : traceparent);
        return matcher.matches() ? Optional.of(new SpanRef(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** Makes a span in a trace of its own. */
    static SpanRef newTrace() {
        return new SpanRef(newId() + newId(), newId());
    }

    /** Makes a span in the same trace. */
    SpanRef newChild() {
        return new SpanRef(traceId, newId());
    }

    /** Returns it as W3C {@code traceparent}. */
    public String traceparent() {
        return "00-" + traceId + "-" + spanId + "-01";
    }

    private static String newId() {
        return "%016x".formatted(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }
}
