package dev.runyard.sdk;

import org.jspecify.annotations.Nullable;

/**
 * Work that a span is about.
 *
 * @param <T> what it returns
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface SpanBody<T extends @Nullable Object, X extends Exception> {

    /** Does the work; the span can be described meanwhile. */
    T run(TaskSpan span) throws X;
}
