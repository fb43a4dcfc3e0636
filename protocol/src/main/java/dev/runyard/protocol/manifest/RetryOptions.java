package dev.runyard.protocol.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How often and how long after a failure an attempt is repeated. What is absent has the client's default.
 *
 * @param maxAttempts attempts in total, 3 where absent
 * @param factor growth of the delay per attempt, 2 where absent
 * @param minTimeoutInMs first delay in milliseconds, 1,000 where absent
 * @param maxTimeoutInMs longest delay in milliseconds, 60,000 where absent
 * @param randomize whether the delay is multiplied by a random number in [1, 2), true where absent
 * @param outOfMemory what changes after an out-of-memory kill
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetryOptions(
        @Nullable Integer maxAttempts,
        @Nullable Double factor,
        @Nullable Long minTimeoutInMs,
        @Nullable Long maxTimeoutInMs,
        @Nullable Boolean randomize,
        @Nullable OutOfMemory outOfMemory) {

    /** What a task that says nothing gets. */
    public static final RetryOptions DEFAULT = new RetryOptions(null, null, null, null, null, null);

    /** @param machine name of the machine size for the next attempt */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OutOfMemory(@Nullable String machine) {}

    /** Returns the attempts in total. */
    public int attempts() {
        return maxAttempts == null ? 3 : maxAttempts;
    }

    /**
     * Returns the delay before the next attempt, or nothing where the attempts are used up.
     *
     * @param attempt number of the attempt that failed, from 1
     * @param random source of the jitter
     */
    public Optional<Duration> delayAfter(int attempt, RandomGenerator random) {
        if (attempt >= attempts()) {
            return Optional.empty();
        }
        double jitter = Boolean.FALSE.equals(randomize) ? 1 : 1 + random.nextDouble();
        double first = minTimeoutInMs == null ? 1_000 : minTimeoutInMs;
        double longest = maxTimeoutInMs == null ? 60_000 : maxTimeoutInMs;
        double delay = jitter * first * Math.pow(factor == null ? 2 : factor, attempt - 1.0);
        return Optional.of(Duration.ofMillis(Math.round(Math.min(longest, delay))));
    }
}
