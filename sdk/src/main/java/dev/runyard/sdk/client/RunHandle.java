package dev.runyard.sdk.client;

import dev.runyard.sdk.run.RunResult;
import java.lang.reflect.Type;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A run that was just triggered. Thread-safe.
 *
 * @param <O> the output
 */
public final class RunHandle<O extends @Nullable Object> {
    private final String id;
    private final boolean cached;
    private final Type outputType;
    private final Runs runs;

    RunHandle(String id, boolean cached, Type outputType, Runs runs) {
        this.id = id;
        this.cached = cached;
        this.outputType = outputType;
        this.runs = runs;
    }

    /** Returns the run. */
    public String id() {
        return id;
    }

    /** Tells whether an idempotency key led to the run of an earlier call. */
    public boolean isCached() {
        return cached;
    }

    /** Reads the run. */
    public Run retrieve() {
        return runs.retrieve(id);
    }

    /**
     * Waits for the run's end.
     *
     * @throws AwaitTimeoutException where it has not ended in that time; it goes on
     */
    public RunResult<O> await(Duration patience) {
        return runs.awaitResult(id, outputType, patience);
    }

    /** Cancels the run. */
    public void cancel() {
        runs.cancel(id);
    }

    @Override
    public String toString() {
        return "RunHandle[" + id + "]";
    }
}
