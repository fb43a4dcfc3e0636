package dev.runyard.runner.otel;

import dev.runyard.sdk.internal.RecordedSpan;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A span as OpenTelemetry's users know it. */
final class BridgedSpan implements Span {
    private final RecordedSpan span;
    private final SpanContext context;

    BridgedSpan(RecordedSpan span) {
        this.span = span;
        this.context = ContextStorage.context(span.ref());
    }

    @Override
    public <T> Span setAttribute(AttributeKey<T> key, @Nullable T value) {
        if (value != null) {
            span.set(key.getKey(), value);
        }
        return this;
    }

    @Override
    public Span addEvent(String name, Attributes attributes) {
        span.event(name, plain(attributes));
        return this;
    }

    @Override
    public Span addEvent(String name, Attributes attributes, long at, TimeUnit unit) {
        span.event(name, plain(attributes), Instant.EPOCH.plusNanos(unit.toNanos(at)));
        return this;
    }

    @Override
    public Span setStatus(StatusCode code, String description) {
        switch (code) {
            case ERROR -> span.fail(description);
            case OK -> span.succeed();
            case UNSET -> {}
        }
        return this;
    }

    /** By OpenTelemetry's rules an exception that was noted does not make the span a failure. */
    @Override
    public Span recordException(Throwable exception, Attributes more) {
        Map<String, Object> attributes = new LinkedHashMap<>(plain(more));
        attributes.put("exception.type", exception.getClass().getName());
        attributes.put("exception.message", String.valueOf(exception.getMessage()));
        span.event("exception", attributes);
        return this;
    }

    @Override
    public Span updateName(String name) {
        span.rename(name);
        return this;
    }

    @Override
    public void end() {
        span.close();
    }

    @Override
    public void end(long at, TimeUnit unit) {
        span.close(Instant.EPOCH.plusNanos(unit.toNanos(at)));
    }

    @Override
    public SpanContext getSpanContext() {
        return context;
    }

    @Override
    public boolean isRecording() {
        return span.isOpen();
    }

    private static Map<String, Object> plain(Attributes attributes) {
        Map<String, Object> plain = new LinkedHashMap<>();
        attributes.forEach((key, value) -> plain.put(key.getKey(), value));
        return plain;
    }
}
