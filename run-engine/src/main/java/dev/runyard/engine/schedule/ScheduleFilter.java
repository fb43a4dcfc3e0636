package dev.runyard.engine.schedule;

import dev.runyard.protocol.id.EnvironmentId;
import org.jspecify.annotations.Nullable;

/// Which schedules to list.
///
/// @param environment only those with an instance there
/// @param taskId only those of a task
/// @param type only those of a type
/// @param page number of the page, from 1
/// @param perPage schedules on a page, 1 to 100
public record ScheduleFilter(
        @Nullable EnvironmentId environment,
        @Nullable String taskId,
        Schedule.@Nullable Type type,
        int page,
        int perPage) {
    private static final int MAX_PER_PAGE = 100;

    public ScheduleFilter {
        if (page < 1 || perPage < 1 || perPage > MAX_PER_PAGE) {
            throw new IllegalArgumentException("a page is 1 or more and holds 1 to " + MAX_PER_PAGE + " schedules");
        }
    }

    /// The schedules of an environment.
    public static ScheduleFilter of(EnvironmentId environment, int page, int perPage) {
        return new ScheduleFilter(environment, null, null, page, perPage);
    }
}
