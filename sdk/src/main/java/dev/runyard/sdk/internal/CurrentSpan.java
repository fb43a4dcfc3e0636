package dev.runyard.sdk.internal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The span that is open on a thread: what is logged or begun there belongs to it. Threads begin with that of the thread
 * that made them.
 */
public final class CurrentSpan {
    private static volatile Storage storage = new ThreadStorage();
    private static volatile @Nullable SpanRef base;

    private CurrentSpan() {}

    /** Returns the span that is open on this thread, or that of the whole process. */
    public static Optional<SpanRef> get() {
        SpanRef open = storage.get();
        return Optional.ofNullable(open == null ? base : open);
    }

    /** Returns the span of the whole process. */
    public static Optional<SpanRef> base() {
        return Optional.ofNullable(base);
    }

    /** Says which span threads belong to that were not made by a task's. */
    public static void setBase(@Nullable SpanRef span) {
        base = span;
    }

    /** Opens a span on this thread, until the result is closed there. */
    public static Scope enter(SpanRef span) {
        return storage.enter(span);
    }

    /** Keeps open spans elsewhere, where others find them too. */
    public static void keepIn(Storage other) {
        storage = other;
    }

    /** Keeps the open spans of threads. */
    public interface Storage {

        /** Returns the span that is open on this thread. */
        @Nullable
        SpanRef get();

        /** Opens a span on this thread, until the result is closed there. */
        Scope enter(SpanRef span);
    }

    /** An open span; closing it opens again what was open before. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** Keeps them with the threads themselves. */
    public static final class ThreadStorage implements Storage {
        private final InheritableThreadLocal<@Nullable SpanRef> open = new InheritableThreadLocal<>();

        @Override
        public @Nullable SpanRef get() {
            return open.get();
        }

        @Override
        public Scope enter(SpanRef span) {
            SpanRef before = open.get();
            Thread owner = Thread.currentThread();
            open.set(span);
            return () -> {
                // On another thread there is nothing to put back.
                if (Thread.currentThread().equals(owner)) {
                    open.set(before);
                }
            };
        }
    }
}
