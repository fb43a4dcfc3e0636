package dev.runyard.sdk.internal;

import dev.runyard.sdk.SpanBody;
import dev.runyard.sdk.Spans;
import dev.runyard.sdk.TaskSpan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes spans under the one that is open on the calling thread. Thread-safe. */
public final class RunSpans implements Spans {
    private final SpanSink sink;
    private final InstantSource clock;

    /**
     * @param sink takes the spans
     * @param clock tells the time
     */
    public RunSpans(SpanSink sink, InstantSource clock) {
        this.sink = sink;
        this.clock = clock;
    }

    @Override
    public TaskSpan span(String name) {
        return open(name, SpanSnapshot.Kind.WORK);
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T span(String name, SpanBody<T, X> body) throws X {
        try (RecordedSpan span = open(name, SpanSnapshot.Kind.WORK)) {
            try {
                return body.run(span);
            } catch (Throwable e) { // errors of the JVM fail the span too
                span.fail(e);
                throw e;
            }
        }
    }

    /** Opens a span on this thread. */
    RecordedSpan open(String name, SpanSnapshot.Kind kind) {
        return start(name, kind, CurrentSpan.get(), null).enter();
    }

    /**
     * Begins a span that is open on no thread.
     *
     * @param at when it began; now where absent
     */
    public RecordedSpan start(String name, SpanSnapshot.Kind kind, Optional<SpanRef> parent, @Nullable Instant at) {
        RecordedSpan.Origin origin = new RecordedSpan.Origin(parent.orElse(null), at == null ? clock.instant() : at);
        RecordedSpan span = new RecordedSpan(name, kind, origin, sink, clock);
        sink.began(span);
        return span;
    }
}
