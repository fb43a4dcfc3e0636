package dev.runyard.sdk.internal;

import dev.runyard.sdk.TaskSpan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A span as it is recorded, until it is closed. Thread-safe. */
public final class RecordedSpan implements TaskSpan {
    /** More than these nobody reads; the newest are left out. */
    private static final int MOST_ATTRIBUTES = 128;

    private static final int MOST_EVENTS = 128;

    private final SpanRef self;
    private final @Nullable SpanRef parent;
    private final SpanSnapshot.Kind kind;
    private final Instant start;
    private final SpanSink sink;
    private final InstantSource clock;
    private final Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    private final List<SpanSnapshot.Event> events = new ArrayList<>();
    private String name;
    private CurrentSpan.Scope scope = () -> {};
    private boolean isError;
    private @Nullable String error;
    private @Nullable Instant end;

    RecordedSpan(String name, SpanSnapshot.Kind kind, Origin origin, SpanSink sink, InstantSource clock) {
        this.name = name;
        this.kind = kind;
        this.parent = origin.parent();
        this.self = parent == null ? SpanRef.newTrace() : parent.newChild();
        this.start = origin.start();
        this.sink = sink;
        this.clock = clock;
    }

    /**
     * @param parent the span that it is a part of
     * @param start when it began
     */
    record Origin(@Nullable SpanRef parent, Instant start) {}

    /** Opens it on this thread until it is closed. */
    RecordedSpan enter() {
        scope = CurrentSpan.enter(self);
        return this;
    }

    /** Returns its ids. */
    public SpanRef ref() {
        return self;
    }

    /** Returns when it began. */
    public Instant start() {
        return start;
    }

    @Override
    public synchronized RecordedSpan set(String key, @Nullable Object value) {
        if (end == null && (attributes.size() < MOST_ATTRIBUTES || attributes.containsKey(key))) {
            attributes.put(key, value);
        }
        return this;
    }

    @Override
    public RecordedSpan event(String eventName, Map<String, ?> data) {
        return event(eventName, data, clock.instant());
    }

    /** Notes a moment that may lie in the past. */
    public synchronized RecordedSpan event(String eventName, Map<String, ?> data, Instant at) {
        if (end == null && events.size() < MOST_EVENTS) {
            Map<String, ?> copy = Collections.unmodifiableMap(new LinkedHashMap<>(data));
            events.add(new SpanSnapshot.Event(at, eventName, copy));
        }
        return this;
    }

    @Override
    public RecordedSpan fail(Throwable cause) {
        event(
                "exception",
                Map.of(
                        "exception.type",
                        cause.getClass().getName(),
                        "exception.message",
                        String.valueOf(cause.getMessage()),
                        "exception.stacktrace",
                        StackText.of(cause)));
        return fail(StackText.message(cause));
    }

    /** Marks it as failed. */
    public synchronized RecordedSpan fail(@Nullable String reason) {
        isError = true;
        error = reason;
        return this;
    }

    /** Takes a failure back. */
    public synchronized void succeed() {
        isError = false;
        error = null;
    }

    /** Gives it another name. */
    public synchronized void rename(String otherName) {
        name = otherName;
    }

    @Override
    public String traceparent() {
        return self.traceparent();
    }

    /** Tells whether it goes on. */
    public synchronized boolean isOpen() {
        return end == null;
    }

    @Override
    public void close() {
        close(clock.instant());
    }

    /** Ends it at a moment that may lie in the past. */
    public void close(Instant at) {
        synchronized (this) {
            if (end != null) {
                return;
            }
            end = at.isBefore(start) ? start : at;
        }
        scope.close();
        sink.ended(this);
    }

    /** Returns what is known of it now. */
    public synchronized SpanSnapshot snapshot() {
        return new SpanSnapshot(
                self,
                parent == null ? null : parent.spanId(),
                kind,
                name,
                start,
                end,
                isError,
                error,
                Collections.unmodifiableMap(new LinkedHashMap<>(attributes)),
                List.copyOf(events));
    }
}
