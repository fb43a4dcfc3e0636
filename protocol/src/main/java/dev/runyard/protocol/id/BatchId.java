package dev.runyard.protocol.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** A batch of runs. Its text is {@code batch_} and 26 characters. */
public record BatchId(UUID value) {
    private static final String PREFIX = "batch_";

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException where it is not one
     */
    @JsonCreator
    public static BatchId parse(String text) {
        return new BatchId(Ids.decode(PREFIX, text));
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
