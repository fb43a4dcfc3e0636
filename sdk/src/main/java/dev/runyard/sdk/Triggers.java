package dev.runyard.sdk;

import dev.runyard.sdk.run.BatchItem;
import dev.runyard.sdk.run.IdempotencyKey;
import dev.runyard.sdk.run.IdempotencyScope;
import dev.runyard.sdk.run.RunResult;
import dev.runyard.sdk.run.TriggerOptions;
import dev.runyard.sdk.run.TriggeredBatch;
import dev.runyard.sdk.run.TriggeredRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Triggers runs from inside of a run, which becomes their parent.
 *
 * <p>A run that waits gives its place in the queue to others. Waits of one run come one after the other; a second one
 * at the same time is refused with {@link ConcurrentWaitException}.
 */
public interface Triggers {

    /** Triggers a run and goes on. */
    default <I extends @Nullable Object, O extends @Nullable Object> TriggeredRun trigger(
            Triggerable<I, O> task, I payload) {
        return trigger(task, payload, TriggerOptions.none());
    }

    /** Triggers a run with options and goes on. */
    <I extends @Nullable Object, O extends @Nullable Object> TriggeredRun trigger(
            Triggerable<I, O> task, I payload, TriggerOptions options);

    /**
     * Triggers a run and waits for its end.
     *
     * <pre>{@code
     * Reply reply = context.triggerAndWait(HELLO, new Greeting("Ada")).outputOrThrow();
     * }</pre>
     */
    default <I extends @Nullable Object, O extends @Nullable Object> RunResult<O> triggerAndWait(
            Triggerable<I, O> task, I payload) {
        return triggerAndWait(task, payload, TriggerOptions.none());
    }

    /** Triggers a run with options and waits for its end. */
    <I extends @Nullable Object, O extends @Nullable Object> RunResult<O> triggerAndWait(
            Triggerable<I, O> task, I payload, TriggerOptions options);

    /** Triggers one run for each payload and goes on. */
    default <I extends @Nullable Object, O extends @Nullable Object> TriggeredBatch batchTrigger(
            Triggerable<I, O> task, List<? extends I> payloads) {
        return batchTrigger(BatchItem.each(task, payloads));
    }

    /** Triggers runs of any tasks and goes on; at least one, at most 1,000. */
    TriggeredBatch batchTrigger(List<? extends BatchItem<?>> items);

    /** Triggers one run for each payload and waits for the end of all; results have the order of the payloads. */
    default <I extends @Nullable Object, O extends @Nullable Object> List<RunResult<O>> batchTriggerAndWait(
            Triggerable<I, O> task, List<? extends I> payloads) {
        return batchTriggerAndWait(BatchItem.each(task, payloads));
    }

    /**
     * Triggers runs and waits for the end of all, at most 1,000; results have the order of the items. Where the tasks
     * differ, items of different outputs make a {@code List<BatchItem<?>>}, and so do results.
     */
    <O extends @Nullable Object> List<RunResult<O>> batchTriggerAndWait(List<? extends BatchItem<? extends O>> items);

    /** Makes a key that is the same for all attempts of this run. */
    default IdempotencyKey idempotencyKey(String... parts) {
        return idempotencyKey(IdempotencyScope.RUN, parts);
    }

    /** Makes a key that is the same within a scope. */
    IdempotencyKey idempotencyKey(IdempotencyScope scope, String... parts);
}
