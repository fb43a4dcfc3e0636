package dev.runyard.sdk;

/**
 * A typed place for what an attempt's body and hooks share, such as a connection that {@code cleanup} closes.
 *
 * <pre>{@code
 * static final Local<Connection> CONNECTION = Local.named("connection");
 * }</pre>
 *
 * <p>Two locals are different places even where they have the same name.
 *
 * @param <T> what it holds
 */
public final class Local<T> {
    private final String name;

    private Local(String name) {
        this.name = name;
    }

    /** Makes a place; the name is for error messages. */
    public static <T> Local<T> named(String name) {
        return new Local<>(name);
    }

    @Override
    public String toString() {
        return "Local[" + name + "]";
    }
}
