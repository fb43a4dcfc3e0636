package dev.runyard.protocol.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** The machine sizes of the public API. The names are closed: the official client refuses others. */
public enum MachinePreset {
    MICRO("micro", 0.25, 0.25),
    SMALL_1X("small-1x", 0.5, 0.5),
    SMALL_2X("small-2x", 1, 1),
    MEDIUM_1X("medium-1x", 1, 2),
    MEDIUM_2X("medium-2x", 2, 4),
    LARGE_1X("large-1x", 4, 8),
    LARGE_2X("large-2x", 8, 16);

    /** The size of a task that names none. */
    public static final MachinePreset DEFAULT = SMALL_1X;

    private final String wireName;
    private final double cpu;
    private final double memoryGb;

    MachinePreset(String wireName, double cpu, double memoryGb) {
        this.wireName = wireName;
        this.cpu = cpu;
        this.memoryGb = memoryGb;
    }

    /** Finds a size by its name on the wire, such as {@code small-1x}. */
    public static Optional<MachinePreset> find(String wireName) {
        return Arrays.stream(values())
                .filter(preset -> preset.wireName.equals(wireName))
                .findFirst();
    }

    /**
     * Reads the name on the wire.
     *
     * @throws IllegalArgumentException where no size has that name
     */
    @JsonCreator
    public static MachinePreset parse(String wireName) {
        return find(wireName).orElseThrow(() -> new IllegalArgumentException("no such machine: " + wireName));
    }

    /** Returns the share of processors, in virtual CPUs. */
    public double cpu() {
        return cpu;
    }

    /** Returns the memory in GiB. */
    public double memoryGb() {
        return memoryGb;
    }

    @JsonValue
    @Override
    public String toString() {
        return wireName;
    }
}
