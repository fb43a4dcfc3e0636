package dev.runyard.sdk.run;

import dev.runyard.sdk.Triggerable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a batch.
 *
 * @param task its task
 * @param payload its payload
 * @param options how it differs from what its task says
 * @param <O> the output
 */
public record BatchItem<O extends @Nullable Object>(
        Triggerable<?, O> task, @Nullable Object payload, TriggerOptions options) {

    /** Makes an item whose payload fits its task. */
    public static <I extends @Nullable Object, O extends @Nullable Object> BatchItem<O> of(
            Triggerable<I, O> task, I payload) {
        return new BatchItem<>(task, payload, TriggerOptions.none());
    }

    /** Makes one item for each payload. */
    public static <I extends @Nullable Object, O extends @Nullable Object> List<BatchItem<O>> each(
            Triggerable<I, O> task, List<? extends I> payloads) {
        return payloads.stream()
                .map(payload -> BatchItem.<I, O>of(task, payload))
                .toList();
    }

    /** The same with options of its own. */
    public BatchItem<O> with(TriggerOptions ownOptions) {
        return new BatchItem<>(task, payload, ownOptions);
    }
}
