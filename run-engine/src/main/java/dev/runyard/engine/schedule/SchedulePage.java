package dev.runyard.engine.schedule;

import java.util.List;

/// Some schedules of a list.
///
/// @param schedules those of this page
/// @param count how many there are on all pages
public record SchedulePage(List<ScheduleView> schedules, int count) {
    public SchedulePage {
        schedules = List.copyOf(schedules);
    }
}
