package dev.runyard.sdk.internal;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits, with what belongs before and after. */
@FunctionalInterface
interface AroundWait {
    /**
     * Waits.
     *
     * @param what names the wait for people
     */
    <T extends @Nullable Object> T during(String what, Supplier<T> wait);
}
