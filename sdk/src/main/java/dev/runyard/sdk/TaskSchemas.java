package dev.runyard.sdk;

import dev.runyard.sdk.schema.PayloadSchema;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a task's payload and output must keep.
 *
 * @param payload of the payload; absent where it need only fit its type
 * @param output of the output; absent where it may be anything
 */
public record TaskSchemas(
        @Nullable PayloadSchema payload, @Nullable PayloadSchema output) {

    static TaskSchemas of(TaskBuilder<?, ?> builder) {
        PayloadSchema own = builder.ownSchema();
        if (own != null && builder.isValidated()) {
            throw new IllegalStateException("task " + builder.id + ": it has a schema, so leave validated() out");
        }
        if (!builder.isValidated()) {
            return new TaskSchemas(own, null);
        }
        if (builder.inputType == Void.class) {
            throw new IllegalStateException("task " + builder.id + ": validated() needs an input(...) with rules");
        }
        boolean outputHasRules = builder.outputType instanceof Class<?> type && type.isRecord();
        return new TaskSchemas(
                PayloadSchema.ofType(builder.inputType),
                outputHasRules ? PayloadSchema.ofType(builder.outputType) : null);
    }
}
