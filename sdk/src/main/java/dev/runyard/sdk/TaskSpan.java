package dev.runyard.sdk;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a run's work, which the run's page shows as a bar in its timeline. What is logged, awaited or begun while it
 * is open belongs to it. Thread-safe; close it on the thread that opened it.
 *
 * <pre>{@code
 * try (TaskSpan span = context.span("read orders")) {
 *     List<Order> orders = shop.orders();
 *     span.set("orders", orders.size());
 * }
 * }</pre>
 */
public interface TaskSpan extends AutoCloseable {

    /**
     * Describes it further. Strings, numbers and booleans are kept as they are, anything else as JSON.
     *
     * @return this span
     */
    TaskSpan set(String key, @Nullable Object value);

    /**
     * Notes a moment in it.
     *
     * @return this span
     */
    default TaskSpan event(String name) {
        return event(name, Map.of());
    }

    /**
     * Notes a moment in it, with data.
     *
     * @return this span
     */
    TaskSpan event(String name, Map<String, ?> attributes);

    /**
     * Marks it as failed.
     *
     * @return this span
     */
    TaskSpan fail(Throwable cause);

    /** Returns it in the form of the W3C header {@code traceparent}, for calls to others who trace. */
    String traceparent();

    /** Ends it; the second time nothing happens. */
    @Override
    void close();
}
