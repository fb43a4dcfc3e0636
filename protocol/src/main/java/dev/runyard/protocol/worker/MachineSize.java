package dev.runyard.protocol.worker;

import dev.runyard.protocol.run.MachinePreset;

/**
 * A machine size with its numbers.
 *
 * @param name its name
 * @param cpu virtual CPUs
 * @param memory GiB
 * @param centsPerMs price; 0 on a server of one's own
 */
public record MachineSize(MachinePreset name, double cpu, double memory, double centsPerMs) {
    public static MachineSize of(MachinePreset preset) {
        return new MachineSize(preset, preset.cpu(), preset.memoryGb(), 0);
    }
}
