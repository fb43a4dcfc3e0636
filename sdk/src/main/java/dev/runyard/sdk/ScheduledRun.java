package dev.runyard.sdk;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a scheduled task.
 *
 * @param timestamp when the run was due, which may be earlier than now
 * @param lastTimestamp when the run before it was due; absent for the first
 * @param timezone the zone of the schedule, such as {@code Asia/Tokyo}
 * @param scheduleId the schedule, {@code sched_…}
 * @param type {@code DECLARATIVE} where the task's code has the schedule, otherwise {@code IMPERATIVE}
 * @param externalId what the maker of the schedule called it
 * @param upcoming when the next runs are due
 */
public record ScheduledRun(
        Instant timestamp,
        @Nullable Instant lastTimestamp,
        String timezone,
        @Nullable String scheduleId,
        @Nullable String type,
        @Nullable String externalId,
        List<Instant> upcoming) {
    private static final String UTC = "UTC";

    @SuppressWarnings("NullAway") // what a caller leaves out is absent in JSON
    public ScheduledRun {
        upcoming = upcoming == null ? List.of() : List.copyOf(upcoming);
        timezone = timezone == null ? UTC : timezone;
    }

    /** A payload for tests. */
    public static ScheduledRun at(Instant timestamp) {
        return new ScheduledRun(timestamp, null, UTC, null, null, null, List.of());
    }
}
