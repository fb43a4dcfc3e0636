package dev.runyard.protocol.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** The release record of a version. Its text is {@code deployment_} and 26 characters. */
public record DeploymentId(UUID value) implements Comparable<DeploymentId> {
    private static final String PREFIX = "deployment_";

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException where it is not one
     */
    @JsonCreator
    public static DeploymentId parse(String text) {
        return new DeploymentId(Ids.decode(PREFIX, text));
    }

    /** Returns the part behind the prefix, which the worker contract calls the internal id. */
    public String body() {
        return Ids.encode(value);
    }

    @Override
    public int compareTo(DeploymentId other) {
        return body().compareTo(other.body());
    }

    @JsonValue
    @Override
    public String toString() {
        return PREFIX + body();
    }
}
