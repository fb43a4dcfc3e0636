package dev.runyard.runner.workload;

import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.worker.CompleteAttemptResponse;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.protocol.worker.StartAttemptResponse;
import dev.runyard.sdk.internal.Pacer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Repeats calls that failed on the way, so that a restart of supervisor or webapp costs a run nothing but time. */
public final class PersistentCalls {
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final Duration COMPLETE_PATIENCE = Duration.ofMinutes(10);
    private static final double FIRST_DELAY_MS = 200;
    private static final double LONGEST_DELAY_MS = 5_000;
    private static final double GROWTH = 1.6;

    private final WorkloadCalls client;
    private final Pacer pacer;
    private final LongSupplier nanoTime;

    /**
     * @param client makes the single calls
     * @param pacer waits between them
     * @param nanoTime monotonic clock
     */
    public PersistentCalls(WorkloadCalls client, Pacer pacer, LongSupplier nanoTime) {
        this.client = client;
        this.pacer = pacer;
        this.nanoTime = nanoTime;
    }

    /** Starts the next attempt, for up to two minutes. */
    public StartAttemptResponse start(SnapshotId snapshot) throws WorkloadException, InterruptedException {
        return persist(() -> client.start(snapshot), START_PATIENCE, () -> false);
    }

    /**
     * Reports how the attempt ended, for up to ten minutes.
     *
     * @param useless tells that the report cannot be taken any more
     */
    public CompleteAttemptResponse complete(SnapshotId snapshot, Completion completion, BooleanSupplier useless)
            throws WorkloadException, InterruptedException {
        return persist(() -> client.complete(snapshot, completion), COMPLETE_PATIENCE, useless);
    }

    private <T> T persist(Call<T> call, Duration patience, BooleanSupplier useless)
            throws WorkloadException, InterruptedException {
        long begin = nanoTime.getAsLong();
        double delay = FIRST_DELAY_MS;
        while (true) {
            try {
                return call.make();
            } catch (WorkloadException e) {
                boolean late = nanoTime.getAsLong() - begin > patience.toNanos();
                if (!e.retryable() || late || useless.getAsBoolean()) {
                    throw e;
                }
            }
            // Jitter keeps the runs of one supervisor from returning all at once.
            double jittered = delay * (0.75 + RandomGenerator.getDefault().nextDouble() / 2);
            pacer.pause(Duration.ofMillis((long) jittered));
            delay = Math.min(LONGEST_DELAY_MS, delay * GROWTH);
        }
    }

    @FunctionalInterface
    private interface Call<T> {
        T make() throws WorkloadException, InterruptedException;
    }
}
