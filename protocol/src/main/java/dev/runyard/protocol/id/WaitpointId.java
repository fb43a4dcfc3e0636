package dev.runyard.protocol.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Something that a run can wait for. Its text is {@code waitpoint_} and 26 characters. */
public record WaitpointId(UUID value) {
    private static final String PREFIX = "waitpoint_";

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException where it is not one
     */
    @JsonCreator
    public static WaitpointId parse(String text) {
        return new WaitpointId(Ids.decode(PREFIX, text));
    }

    /** Returns the part behind the prefix, which the worker contract calls the internal id. */
    public String body() {
        return Ids.encode(value);
    }

    @JsonValue
    @Override
    public String toString() {
        return PREFIX + body();
    }
}
