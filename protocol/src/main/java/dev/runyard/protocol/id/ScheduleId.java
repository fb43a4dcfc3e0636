package dev.runyard.protocol.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** A schedule. Its text is {@code sched_} and 26 characters. */
public record ScheduleId(UUID value) implements Comparable<ScheduleId> {
    private static final String PREFIX = "sched_";

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException where it is not one
     */
    @JsonCreator
    public static ScheduleId parse(String text) {
        return new ScheduleId(Ids.decode(PREFIX, text));
    }

    /** Returns the part behind the prefix. */
    public String body() {
        return Ids.encode(value);
    }

    @Override
    public int compareTo(ScheduleId other) {
        return body().compareTo(other.body());
    }

    @JsonValue
    @Override
    public String toString() {
        return PREFIX + body();
    }
}
