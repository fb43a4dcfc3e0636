package dev.runyard.protocol.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * One indexed version of user code, a background worker in the words of the API. Its text is {@code worker_} and 26
 * characters.
 */
public record WorkerVersionId(UUID value) implements Comparable<WorkerVersionId> {
    private static final String PREFIX = "worker_";

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException where it is not one
     */
    @JsonCreator
    public static WorkerVersionId parse(String text) {
        return new WorkerVersionId(Ids.decode(PREFIX, text));
    }

    /** Returns the part behind the prefix, which the worker contract calls the internal id. */
    public String body() {
        return Ids.encode(value);
    }

    @Override
    public int compareTo(WorkerVersionId other) {
        return body().compareTo(other.body());
    }

    @JsonValue
    @Override
    public String toString() {
        return PREFIX + body();
    }
}
