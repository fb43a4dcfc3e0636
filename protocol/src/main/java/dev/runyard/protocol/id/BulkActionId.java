package dev.runyard.protocol.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** An action on many runs. Its text is {@code bulk_} and 26 characters. */
public record BulkActionId(UUID value) {
    private static final String PREFIX = "bulk_";

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException where it is not one
     */
    @JsonCreator
    public static BulkActionId parse(String text) {
        return new BulkActionId(Ids.decode(PREFIX, text));
    }

    /** Returns the part behind the prefix. */
    public String body() {
        return Ids.encode(value);
    }

    @JsonValue
    @Override
    public String toString() {
        return PREFIX + body();
    }
}
