package dev.runyard.runner.otel;

import dev.runyard.sdk.internal.CurrentSpan;
import dev.runyard.sdk.internal.RecordedSpan;
import dev.runyard.sdk.internal.RunSpans;
import dev.runyard.sdk.internal.SpanRef;
import dev.runyard.sdk.internal.SpanSnapshot;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Begins a span as OpenTelemetry's users do it. */
final class BridgedSpanBuilder implements SpanBuilder {
    private final RunSpans spans;
    private final String name;
    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private @Nullable Context parent;
    private boolean isRoot;
    private @Nullable Instant start;

    BridgedSpanBuilder(RunSpans spans, String name) {
        this.spans = spans;
        this.name = name;
    }

    @Override
    public SpanBuilder setParent(Context context) {
        parent = context;
        isRoot = false;
        return this;
    }

    /** Everything that a run does belongs to the run. */
    @Override
    public SpanBuilder setNoParent() {
        parent = null;
        isRoot = true;
        return this;
    }

    @Override
    public SpanBuilder addLink(SpanContext linked) {
        return this;
    }

    @Override
    public SpanBuilder addLink(SpanContext linked, Attributes described) {
        return this;
    }

    @Override
    public SpanBuilder setAttribute(String key, @Nullable String value) {
        return put(key, value);
    }

    @Override
    public SpanBuilder setAttribute(String key, long value) {
        return put(key, value);
    }

    @Override
    public SpanBuilder setAttribute(String key, double value) {
        return put(key, value);
    }

    @Override
    public SpanBuilder setAttribute(String key, boolean value) {
        return put(key, value);
    }

    @Override
    public <T> SpanBuilder setAttribute(AttributeKey<T> key, @Nullable T value) {
        return put(key.getKey(), value);
    }

    private SpanBuilder put(String key, @Nullable Object value) {
        if (value != null) {
            attributes.put(key, value);
        }
        return this;
    }

    @Override
    public SpanBuilder setSpanKind(SpanKind kind) {
        return kind == SpanKind.INTERNAL ? this : put("span.kind", kind.name());
    }

    @Override
    public SpanBuilder setStartTimestamp(long at, TimeUnit unit) {
        start = Instant.EPOCH.plusNanos(unit.toNanos(at));
        return this;
    }

    @Override
    public Span startSpan() {
        RecordedSpan span = spans.start(name, SpanSnapshot.Kind.WORK, parent(), start);
        attributes.forEach(span::set);
        return new BridgedSpan(span);
    }

    private Optional<SpanRef> parent() {
        if (isRoot) {
            return CurrentSpan.base();
        }
        Context context = parent == null ? Context.current() : parent;
        SpanContext named = Span.fromContext(context).getSpanContext();
        return named.isValid() ? Optional.of(ContextStorage.ref(named)) : CurrentSpan.get();
    }
}
