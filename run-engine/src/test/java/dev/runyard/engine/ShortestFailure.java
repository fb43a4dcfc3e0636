package dev.runyard.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Looks for a short list of commands that fails as a long one did.
final class ShortestFailure {
    private static final Duration SHRINKING = Duration.ofSeconds(20);

    private ShortestFailure() {}

    /// Fails with the seed and the shortest list that was found, where the commands fail.
    ///
    /// @param failure walks through commands and returns what went wrong
    static <C> void require(long seed, List<C> commands, Function<List<C>, Optional<Throwable>> failure) {
        failure.apply(commands).ifPresent(first -> {
            List<C> shortest = shrink(commands, failure);
            throw new AssertionError(
                    "seed %d, shortest commands:\n%s\n%s"
                            .formatted(
                                    seed,
                                    shortest.stream().map(Object::toString).collect(Collectors.joining("\n")),
                                    failure.apply(shortest).orElse(first).getMessage()),
                    first);
        });
    }

    /// Leaves out more and more commands, first many at once, while the rest still fails.
    private static <C> List<C> shrink(List<C> failing, Function<List<C>, Optional<Throwable>> failure) {
        Instant end = Instant.now().plus(SHRINKING);
        List<C> shortest = failing;
        for (int size = Math.max(1, failing.size() / 2); size >= 1; size /= 2) {
            for (int from = 0; from < shortest.size() && Instant.now().isBefore(end); ) {
                List<C> fewer = new ArrayList<>(shortest);
                fewer.subList(from, Math.min(from + size, fewer.size())).clear();
                if (failure.apply(fewer).isPresent()) {
                    shortest = fewer;
                } else {
                    from += size;
                }
            }
        }
        return shortest;
    }
}
