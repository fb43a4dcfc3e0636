package dev.runyard.protocol.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The version of a run's state as workers see it: the fencing token of every worker call.
 *
 * <p>Runners compare these texts and ignore a smaller one, so the version is padded to sort.
 *
 * @param version the run's version, 1 or greater
 */
public record SnapshotId(int version) {
    private static final String PREFIX = "snapshot_";

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException where it is not one
     */
    @JsonCreator
    public static SnapshotId parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("expected an id that begins with snapshot_: " + text);
        }
        return new SnapshotId(Integer.parseInt(text.substring(PREFIX.length())));
    }

    @JsonValue
    @Override
    public String toString() {
        return PREFIX + "%010d".formatted(version);
    }
}
