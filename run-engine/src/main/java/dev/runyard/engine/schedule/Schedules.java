package dev.runyard.engine.schedule;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.ScheduleId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Schedules as the callers of the engine see them.
///
/// A scope is whoever owns a schedule; the webapp passes its project's id. A schedule is named by its `sched_` id or by
/// its deduplication key.
public final class Schedules {
    private final ScheduleParts parts;

    Schedules(ScheduleParts parts) {
        this.parts = parts;
    }

    /// Makes a schedule, or changes the one that has the draft's deduplication key.
    public ScheduleOutcome create(UUID scope, ScheduleDraft draft) {
        return parts.create().create(scope, draft);
    }

    /// Changes a schedule; its deduplication key stays. What was due under the old rule happens before.
    public ScheduleOutcome update(UUID scope, String idOrKey, ScheduleDraft draft) {
        return parts.update().update(scope, idOrKey, draft);
    }

    /// Lets a schedule trigger again, from its next tick on.
    public ScheduleOutcome activate(UUID scope, String idOrKey) {
        return parts.switchSchedule().switchTo(scope, idOrKey, true);
    }

    /// Stops a schedule until it is activated again.
    public ScheduleOutcome deactivate(UUID scope, String idOrKey) {
        return parts.switchSchedule().switchTo(scope, idOrKey, false);
    }

    /// Deletes a schedule; its runs stay.
    ///
    /// @return the id it had, or nothing where there is none
    public Optional<ScheduleId> delete(UUID scope, String idOrKey) {
        return parts.queries()
                .find(scope, idOrKey)
                .map(Schedule::id)
                .filter(id -> parts.deleteSchedule().delete(id));
    }

    /// Finds a schedule.
    public Optional<ScheduleView> find(UUID scope, String idOrKey) {
        return parts.queries().find(scope, idOrKey).map(parts.queries()::view);
    }

    /// Lists schedules, oldest first.
    public SchedulePage list(UUID scope, ScheduleFilter filter) {
        return parts.queries().page(scope, filter);
    }

    /// Makes the declarative schedules of an environment those that its current version declares. Call it
    /// when a version becomes the current one.
    public SyncOutcome sync(UUID scope, EnvironmentId environment, List<ScheduleDeclaration> declarations) {
        return parts.sync().sync(scope, environment, declarations);
    }

    /// Ends all schedules of an environment. Call it when the environment is deleted.
    public void removeEnvironment(EnvironmentId environment) {
        parts.removeEnvironment().remove(environment);
    }

    /// Writes the timers of an environment's schedules that are missing.
    public RecoverOutcome recover(EnvironmentId environment) {
        int recovered = parts.keeper().restore(environment);
        return new RecoverOutcome(recovered, parts.instances().countArmed(environment) - recovered);
    }

    /// Returns the newest decisions about the ticks of a schedule, newest first: which run each had, or why none.
    ///
    /// @param limit at most so many
    public List<ScheduleTick> ticks(ScheduleId schedule, int limit) {
        return parts.ticks().findNewest(schedule, limit);
    }

    /// Returns which of the given runs a schedule triggered, and which schedule.
    public Map<RunId, ScheduleId> triggeredBy(List<RunId> runs) {
        return parts.ticks().findSchedules(runs);
    }
}
