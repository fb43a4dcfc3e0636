package dev.runyard.examples.patterns;

import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.sdk.AbortTaskRunException;
import dev.runyard.sdk.OnError;
import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.run.TriggerOptions;
import java.io.IOException;
import java.time.Duration;

/** Tasks that expect failures. */
public final class Resilient {
    /** Repeats a step, then an attempt, or gives up for good. */
    public static final Task<Integer, Integer> RESILIENT = Task.define("resilient-task")
            .input(Integer.class)
            .output(Integer.class)
            .retry(Retry.exponential(10, Duration.ofMillis(500)))
            .catchError((failures, error, context) -> {
                if (error instanceof SecurityException) {
                    throw new AbortTaskRunException("No attempt would be allowed", error);
                }
                return OnError.retryIn(Duration.ofMinutes(1));
            })
            .run((failures, context) -> {
                int[] calls = {0};
                return context.retry(Retry.fixed(3, Duration.ofSeconds(1)), () -> {
                    if (++calls[0] <= failures) {
                        throw new IOException("call " + calls[0] + " failed");
                    }
                    return calls[0];
                });
            });

    /** Charges a customer once, however often it is retried. */
    public static final Task<String, String> PAYMENT = Task.define("process-payment")
            .input(String.class)
            .output(String.class)
            .machine(MachinePreset.SMALL_2X)
            .run((order, context) -> {
                TriggerOptions once = TriggerOptions.none()
                        .idempotencyKey(context.idempotencyKey("payment", order), Duration.ofHours(24));
                return context.triggerAndWait(Families.CHILD, order, once).outputOrThrow();
            });

    private Resilient() {}
}
