package dev.runyard.sdk.internal;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits, with what belongs before and after. */
@FunctionalInterface
interface AroundWait {
    /** Waits. */
    <T extends @Nullable Object> T during(Supplier<T> wait);
}
