package dev.runyard.engine.schedule;

/// What became of a call that changes a schedule.
public sealed interface ScheduleOutcome {
    /// It is as the caller wants it.
    record Saved(ScheduleView view) implements ScheduleOutcome {}

    /// Nothing changed.
    ///
    /// @param sentence why, for the caller
    record Refused(String sentence) implements ScheduleOutcome {}

    /// There is no such schedule.
    record NotFound() implements ScheduleOutcome {}
}
