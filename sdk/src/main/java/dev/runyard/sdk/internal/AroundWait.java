package dev.runyard.sdk.internal;

import dev.runyard.sdk.TaskSpan;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Waits, with what belongs before and after. */
@FunctionalInterface
interface AroundWait {
    /**
     * Waits.
     *
     * @param what names the wait for people
     * @param wait waits, and may write down in the span of the wait what it waits for
     */
    <T extends @Nullable Object> T during(String what, Function<TaskSpan, T> wait);
}
