package dev.runyard.protocol.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** A run. Its text is {@code run_} and 26 characters. */
public record RunId(UUID value) implements Comparable<RunId> {
    private static final String PREFIX = "run_";

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException where it is not one
     */
    @JsonCreator
    public static RunId parse(String text) {
        return new RunId(Ids.decode(PREFIX, text));
    }

    /** Returns the part behind the prefix, which the worker contract calls the internal id. */
    public String body() {
        return Ids.encode(value);
    }

    @Override
    public int compareTo(RunId other) {
        return body().compareTo(other.body());
    }

    @JsonValue
    @Override
    public String toString() {
        return PREFIX + body();
    }
}
