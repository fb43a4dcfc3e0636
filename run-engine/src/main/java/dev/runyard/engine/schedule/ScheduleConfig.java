package dev.runyard.engine.schedule;

import java.time.Duration;

/// Settings of schedules.
///
/// @param maxPerScope most active schedules of one owner
/// @param missedAfter a tick that is later than this counts as missed, and its schedule's policy decides; at most 1 h
/// @param catchUpLimit most missed ticks that a schedule with policy `ALL` and no limit of its own makes up for
/// @param maxCatchUpLimit largest limit that a schedule may name
/// @param spreadSecret makes the places of schedules in their windows differ from other servers'
/// @param spreadFraction share of the schedules without a window that are spread over a minute, 0 to 1
/// @param tickRetention how long the decision about a tick can be read
public record ScheduleConfig(
        int maxPerScope,
        Duration missedAfter,
        int catchUpLimit,
        int maxCatchUpLimit,
        String spreadSecret,
        double spreadFraction,
        Duration tickRetention) {

    private static final Duration LONGEST_LATENESS = Duration.ofHours(1);

    /// The settings of a server whose operator changed none.
    public static final ScheduleConfig DEFAULT =
            new ScheduleConfig(10_000, Duration.ofMinutes(1), 100, 10_000, "runyard", 0, Duration.ofDays(30));

    public ScheduleConfig {
        if (missedAfter.isNegative() || missedAfter.compareTo(LONGEST_LATENESS) > 0) {
            throw new IllegalArgumentException("missedAfter must be between 0 and 1 h: " + missedAfter);
        }
        if (spreadFraction < 0 || spreadFraction > 1) {
            throw new IllegalArgumentException("spreadFraction must be between 0 and 1: " + spreadFraction);
        }
        if (spreadSecret.isEmpty()) {
            throw new IllegalArgumentException("spreadSecret must not be empty");
        }
        if (catchUpLimit < 1 || maxCatchUpLimit < catchUpLimit) {
            throw new IllegalArgumentException("catchUpLimit must be between 1 and maxCatchUpLimit: " + catchUpLimit);
        }
    }
}
