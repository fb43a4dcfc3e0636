package dev.runyard.engine.schedule;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A schedule that the code of a task declares.
///
/// @param taskId the task
/// @param cron the rule
/// @param timeZone IANA name; absent means UTC
/// @param window how far ticks may be moved; absent means the server's setting
/// @param environmentTypes types of environments that it is for, such as `PRODUCTION`; empty means all
public record ScheduleDeclaration(
        String taskId,
        String cron,
        @Nullable String timeZone,
        @Nullable String window,
        Set<String> environmentTypes) {
    public ScheduleDeclaration {
        environmentTypes = Set.copyOf(environmentTypes);
    }
}
