package dev.runyard.webapp.api.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.engine.schedule.Schedule;
import dev.runyard.engine.schedule.ScheduleInstance;
import dev.runyard.engine.schedule.ScheduleView;
import dev.runyard.webapp.api.shared.CronText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A schedule as the API shows it.
///
/// @param active whether it triggers
/// @param deduplicationKey the user's key
/// @param externalId the user's own name for what it is about
/// @param window how far its ticks may be moved
/// @param nextRun nominal time of its next tick
/// @param nextRunEffectiveAt when that tick happens
@JsonInclude(JsonInclude.Include.NON_NULL)
record ScheduleItem(
        String id,
        String type,
        String task,
        boolean active,
        @Nullable String deduplicationKey,
        @Nullable String externalId,
        CronText generator,
        String timezone,
        @Nullable String window,
        @Nullable Instant nextRun,
        @Nullable Instant nextRunEffectiveAt,
        List<InEnvironment> environments) {

    /// @param type such as `PRODUCTION`
    record InEnvironment(String id, String type) {}

    static ScheduleItem of(ScheduleView view, List<InEnvironment> environments) {
        Schedule schedule = view.schedule();
        Optional<ScheduleInstance> next = view.next();
        return new ScheduleItem(
                schedule.id().toString(),
                schedule.type().name(),
                schedule.taskId(),
                schedule.isActive(),
                schedule.isKeyGiven() ? schedule.deduplicationKey() : null,
                schedule.externalId(),
                CronText.of(schedule.cron()),
                schedule.timeZone(),
                schedule.window() == null ? null : schedule.window().toString(),
                next.map(ScheduleInstance::nextNominalAt).orElse(null),
                next.map(ScheduleInstance::nextDueAt).orElse(null),
                environments);
    }
}
