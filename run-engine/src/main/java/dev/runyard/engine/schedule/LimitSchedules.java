package dev.runyard.engine.schedule;

import java.util.Optional;
import java.util.UUID;

/// Keeps the number of an owner's active schedules below its limit. Holds only in a transaction that locked the scope.
final class LimitSchedules {
    private final ScheduleRepository schedules;
    private final ScheduleConfig config;

    LimitSchedules(ScheduleRepository schedules, ScheduleConfig config) {
        this.schedules = schedules;
        this.config = config;
    }

    /// Returns what is wrong with so many schedules more, if anything.
    Optional<String> check(UUID scope, int more) {
        int limit = config.maxPerScope();
        return more <= 0 || schedules.countActive(scope) + more <= limit
                ? Optional.empty()
                : Optional.of("You have reached the limit of " + limit
                        + " active schedules. Delete or deactivate some, or raise the limit of this server.");
    }
}
