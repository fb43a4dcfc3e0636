package dev.runyard.sdk.internal;

import dev.runyard.protocol.manifest.RetryOptions;
import dev.runyard.sdk.AbortTaskRunException;
import dev.runyard.sdk.AttemptStoppedException;
import dev.runyard.sdk.ConcurrentWaitException;
import dev.runyard.sdk.Retry;
import dev.runyard.sdk.TaskLogger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Calls something until it succeeds. */
final class Repeat {
    private final TaskLogger logger;
    private final Pacer pacer;
    private final RandomGenerator random;
    private final RunSpans spans;

    Repeat(TaskLogger logger, Pacer pacer, RandomGenerator random, RunSpans spans) {
        this.logger = logger;
        this.pacer = pacer;
        this.random = random;
        this.spans = spans;
    }

    <T extends @Nullable Object> T call(Retry retry, Callable<T> action) throws Exception {
        RetryOptions options = retry.toWire();
        for (int attempt = 1; ; attempt++) {
            String name = "Try " + attempt + " of " + retry.maxAttempts();
            try {
                return spans.<T, Exception>span(name, span -> action.call());
            } catch (AbortTaskRunException
                    | AttemptStoppedException
                    | ConcurrentWaitException
                    | InterruptedException e) {
                throw e;
            } catch (Exception e) {
                Optional<Duration> delay = options.delayAfter(attempt, random);
                if (delay.isEmpty()) {
                    throw e;
                }
                logger.warn(
                        "Failed, trying again in " + delay.get().toMillis() + " ms: " + e,
                        Map.of("retry.attempt", attempt, "retry.maxAttempts", retry.maxAttempts()));
                try (RecordedSpan span = spans.open("Wait before the next try", SpanSnapshot.Kind.WAIT)) {
                    pacer.pause(delay.get());
                }
            }
        }
    }
}
