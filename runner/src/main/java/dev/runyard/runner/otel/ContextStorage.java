package dev.runyard.runner.otel;

import dev.runyard.sdk.internal.CurrentSpan;
import dev.runyard.sdk.internal.SpanRef;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the open span in OpenTelemetry's context, where its users find it and put theirs. Threads still begin with that
 * of the thread that made them, which OpenTelemetry does not do.
 */
final class ContextStorage implements CurrentSpan.Storage {
    private final CurrentSpan.ThreadStorage inherited = new CurrentSpan.ThreadStorage();

    @Override
    public @Nullable SpanRef get() {
        SpanContext current = Span.current().getSpanContext();
        return current.isValid() ? ref(current) : inherited.get();
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // whoever closes the result closes it
    public CurrentSpan.Scope enter(SpanRef span) {
        CurrentSpan.Scope thread = inherited.enter(span);
        Scope context = Context.current().with(Span.wrap(context(span))).makeCurrent();
        return () -> {
            context.close();
            thread.close();
        };
    }

    static SpanRef ref(SpanContext context) {
        return new SpanRef(context.getTraceId(), context.getSpanId());
    }

    static SpanContext context(SpanRef span) {
        return SpanContext.create(span.traceId(), span.spanId(), TraceFlags.getSampled(), TraceState.getDefault());
    }
}
