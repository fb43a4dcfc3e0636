package dev.runyard.supervisor.pace;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Growing pauses between tries, with jitter so that many callers do not return at the same moment.
///
/// @param first the pause after the first failure
/// @param longest no pause exceeds this
public record Backoff(Duration first, Duration longest) {
    private static final int MAX_DOUBLINGS = 20;

    /// Returns the pause after the given number of failures in a row, between half and the whole of the nominal one.
    public Duration after(int failures) {
        long nominal = first.toMillis() << Math.min(Math.max(failures, 1) - 1, MAX_DOUBLINGS);
        long bounded = Math.min(nominal, longest.toMillis());
        return Duration.ofMillis(bounded / 2 + RandomGenerator.getDefault().nextLong(bounded / 2 + 1));
    }
}
