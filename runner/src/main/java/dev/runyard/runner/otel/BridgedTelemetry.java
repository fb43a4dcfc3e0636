package dev.runyard.runner.otel;

import dev.runyard.sdk.internal.CurrentSpan;
import dev.runyard.sdk.internal.RunSpans;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;

/** OpenTelemetry's API over this process's spans; metrics go nowhere. */
final class BridgedTelemetry implements OpenTelemetry {
    private final Tracer tracer;
    private final ContextPropagators propagators = ContextPropagators.create(W3CTraceContextPropagator.getInstance());

    BridgedTelemetry(RunSpans spans) {
        this.tracer = new Tracer() {
            @Override
            public SpanBuilder spanBuilder(String name) {
                return new BridgedSpanBuilder(spans, name);
            }
        };
    }

    static boolean install(RunSpans spans) {
        if (GlobalOpenTelemetry.isSet()) {
            return false;
        }
        GlobalOpenTelemetry.set(new BridgedTelemetry(spans));
        CurrentSpan.keepIn(new ContextStorage());
        return true;
    }

    @Override
    public TracerProvider getTracerProvider() {
        return new TracerProvider() {
            @Override
            public Tracer get(String library) {
                return tracer;
            }

            @Override
            public Tracer get(String library, String version) {
                return tracer;
            }
        };
    }

    @Override
    public ContextPropagators getPropagators() {
        return propagators;
    }
}
