package dev.runyard.sdk.flow;

import dev.runyard.sdk.TypeReference;
import java.lang.reflect.Type;

/** Types that are known only at run time. */
final class FlowTypes {
    private FlowTypes() {}

    static <T> TypeReference<T> reference(Type type) {
        return TypeReference.of(type);
    }
}
