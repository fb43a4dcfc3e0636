package dev.runyard.e2e.tasks;

import dev.runyard.sdk.ScheduledRun;
import dev.runyard.sdk.Task;

/// A task for schedules that are made on the page.
public final class ScheduledTasks {
    /// Returns what its schedule told it.
    public static final Task<ScheduledRun, String> NIGHTLY =
            Task.scheduled("nightly").output(String.class).run((due, _) -> due.externalId() + " in " + due.timezone());

    private ScheduledTasks() {}
}
