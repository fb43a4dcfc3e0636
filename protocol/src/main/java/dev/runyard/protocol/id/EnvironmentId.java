package dev.runyard.protocol.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** An environment of a project; queues, keys and limits belong to one. Its text is {@code env_} and 26 characters. */
public record EnvironmentId(UUID value) implements Comparable<EnvironmentId> {
    private static final String PREFIX = "env_";

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException where it is not one
     */
    @JsonCreator
    public static EnvironmentId parse(String text) {
        return new EnvironmentId(Ids.decode(PREFIX, text));
    }

    /** Returns the part behind the prefix, which the worker contract calls the internal id. */
    public String body() {
        return Ids.encode(value);
    }

    @Override
    public int compareTo(EnvironmentId other) {
        return body().compareTo(other.body());
    }

    @JsonValue
    @Override
    public String toString() {
        return PREFIX + body();
    }
}
