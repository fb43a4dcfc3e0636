package dev.runyard.sdk;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * The name of a task whose code is elsewhere, with its types. For callers in another code base:
 *
 * <pre>{@code
 * static final TaskReference<Order, Receipt> CHARGE = TaskReference.to("charge", Order.class, Receipt.class);
 * }</pre>
 *
 * @param id the task's id
 * @param inputType type of the payload
 * @param outputType type of the output
 * @param <I> the payload
 * @param <O> the output
 */
public record TaskReference<I extends @Nullable Object, O extends @Nullable Object>(
        String id, Type inputType, Type outputType) implements Triggerable<I, O> {

    public TaskReference {
        TaskIds.check(id);
    }

    /** Refers to a task by its id and plain types. */
    public static <I, O> TaskReference<I, O> to(String id, Class<I> input, Class<O> output) {
        return new TaskReference<>(id, input, output);
    }

    /** Refers to a task by its id and types with parameters, such as {@code List<Order>}. */
    public static <I, O> TaskReference<I, O> to(String id, TypeReference<I> input, TypeReference<O> output) {
        return new TaskReference<>(id, input.type(), output.type());
    }
}
