package dev.runyard.engine.schedule;

import dev.runyard.protocol.id.ScheduleId;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A cron rule that triggers a task.
///
/// @param id the schedule
/// @param scopeId who owns it
/// @param type where it comes from
/// @param taskId what it triggers
/// @param deduplicationKey unique among the owner's schedules
/// @param isKeyGiven whether the user chose the key
/// @param externalId the user's own name for what it is about; passed on to the runs
/// @param cron the rule
/// @param timeZone IANA name of the zone that the rule is read in
/// @param window how far ticks may be moved behind their nominal time; absent means the server's setting
/// @param catchUp what happens with missed ticks
/// @param isActive whether it triggers at all
/// @param createdAt since when it exists
/// @param updatedAt since when it is as it is
public record Schedule(
        ScheduleId id,
        UUID scopeId,
        Type type,
        String taskId,
        String deduplicationKey,
        boolean isKeyGiven,
        @Nullable String externalId,
        String cron,
        String timeZone,
        @Nullable ScheduleWindow window,
        CatchUp catchUp,
        boolean isActive,
        Instant createdAt,
        Instant updatedAt) {

    /// Where a schedule comes from.
    public enum Type {
        /// From the code of a task; every version says anew which ones there are.
        DECLARATIVE,
        /// From a call.
        IMPERATIVE
    }

    /// Returns its ticks.
    public CronSchedule ticks() {
        return CronSchedule.of(cron, timeZone);
    }

    /// What a schedule's author says of it.
    record Content(
            String taskId,
            @Nullable String externalId,
            String cron,
            String timeZone,
            @Nullable ScheduleWindow window,
            CatchUp catchUp) {}

    /// A schedule that does not exist yet.
    static Schedule first(ScheduleId id, UUID scope, Type type, Key key, Content content, Instant now) {
        return new Schedule(
                id,
                scope,
                type,
                content.taskId(),
                key.text(),
                key.isGiven(),
                content.externalId(),
                content.cron(),
                content.timeZone(),
                content.window(),
                content.catchUp(),
                true,
                now,
                now);
    }

    /// @param text unique among the owner's schedules
    /// @param isGiven whether the user chose it
    record Key(String text, boolean isGiven) {}

    Schedule with(Content content, Instant now) {
        Schedule changed = first(id, scopeId, type, new Key(deduplicationKey, isKeyGiven), content, createdAt)
                .switchedTo(isActive, updatedAt);
        return changed.equals(this) ? this : changed.switchedTo(isActive, now);
    }

    Schedule switchedTo(boolean active, Instant now) {
        return new Schedule(
                id,
                scopeId,
                type,
                taskId,
                deduplicationKey,
                isKeyGiven,
                externalId,
                cron,
                timeZone,
                window,
                catchUp,
                active,
                createdAt,
                now);
    }

    /// Tells whether the ticks of another version of this schedule are the same.
    boolean ticksLike(Schedule other) {
        return cron.equals(other.cron) && timeZone.equals(other.timeZone) && Objects.equals(window, other.window);
    }
}
