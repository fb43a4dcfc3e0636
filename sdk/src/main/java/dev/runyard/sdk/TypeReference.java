package dev.runyard.sdk;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * Keeps a type with parameters at run time: {@code new TypeReference<List<Order>>() {}}.
 *
 * @param <T> the type
 */
public abstract class TypeReference<T> {
    private final Type type;

    protected TypeReference() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parameterized)) {
            throw new IllegalStateException("create it as new TypeReference<List<Order>>() {}, with the type");
        }
        this.type = parameterized.getActualTypeArguments()[0];
    }

    private TypeReference(Type type) {
        this.type = type;
    }

    /** Keeps a type that is known only at run time; the caller answers for it. */
    public static <T> TypeReference<T> of(Type type) {
        return new TypeReference<>(type) {};
    }

    /** Returns the type. */
    public final Type type() {
        return type;
    }
}
