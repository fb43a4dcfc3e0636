package dev.runyard.sdk;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be triggered by id, with the types of its payload and output: a {@link Task}, or a
 * {@link TaskReference} where the caller does not have the task's code.
 *
 * @param <I> the payload
 * @param <O> the output
 */
public sealed interface Triggerable<I extends @Nullable Object, O extends @Nullable Object>
        permits Task, TaskReference {

    /** Returns the task's id, unique in its project. */
    String id();

    /** Returns the type that payloads are read as. */
    Type inputType();

    /** Returns the type that outputs are read as. */
    Type outputType();
}
