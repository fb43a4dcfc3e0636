package dev.runyard.sdk;

import org.jspecify.annotations.Nullable;

/** Shows what a run's time is spent on: parts of its work as bars in its timeline, with the log lines in them. */
public interface Spans {

    /**
     * Begins a span; it ends when it is closed.
     *
     * <pre>{@code
     * try (TaskSpan span = context.span("read orders")) {
     *     ...
     * }
     * }</pre>
     */
    TaskSpan span(String name);

    /**
     * Does some work in a span, which fails where the work throws.
     *
     * <pre>{@code
     * Report report = context.span("build report", span -> reports.build(orders));
     * }</pre>
     *
     * @return what the work returns
     * @throws X what the work throws
     */
    <T extends @Nullable Object, X extends Exception> T span(String name, SpanBody<T, X> body) throws X;
}
