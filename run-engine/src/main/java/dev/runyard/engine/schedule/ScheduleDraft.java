package dev.runyard.engine.schedule;

import dev.runyard.protocol.id.EnvironmentId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a caller wants a schedule to be.
///
/// @param taskId the scheduled task that it triggers
/// @param cron the rule, five fields
/// @param environments where it triggers, at least one
/// @param deduplicationKey an existing schedule with this key is changed; absent always makes a new one
/// @param externalId the user's own name for what it is about
/// @param timeZone IANA name; absent means UTC
/// @param window how far ticks may be moved, such as `30m` or `20%`; absent means the server's setting
/// @param catchUp what happens with ticks that the server missed
public record ScheduleDraft(
        String taskId,
        String cron,
        Set<EnvironmentId> environments,
        @Nullable String deduplicationKey,
        @Nullable String externalId,
        @Nullable String timeZone,
        @Nullable String window,
        CatchUp catchUp) {

    public ScheduleDraft {
        environments = Set.copyOf(environments);
    }

    /// Starts a draft with everything else at its default.
    public static ScheduleDraft of(EnvironmentId environment, String taskId, String cron) {
        return new ScheduleDraft(taskId, cron, Set.of(environment), null, null, null, null, CatchUp.DEFAULT);
    }

    public ScheduleDraft withKey(String key) {
        return new ScheduleDraft(taskId, cron, environments, key, externalId, timeZone, window, catchUp);
    }

    public ScheduleDraft withExternalId(String id) {
        return new ScheduleDraft(taskId, cron, environments, deduplicationKey, id, timeZone, window, catchUp);
    }

    public ScheduleDraft in(String zone) {
        return new ScheduleDraft(taskId, cron, environments, deduplicationKey, externalId, zone, window, catchUp);
    }

    public ScheduleDraft within(String text) {
        return new ScheduleDraft(taskId, cron, environments, deduplicationKey, externalId, timeZone, text, catchUp);
    }

    public ScheduleDraft catchingUp(CatchUp wanted) {
        return new ScheduleDraft(taskId, cron, environments, deduplicationKey, externalId, timeZone, window, wanted);
    }

    public ScheduleDraft inEnvironments(Set<EnvironmentId> wanted) {
        return new ScheduleDraft(taskId, cron, wanted, deduplicationKey, externalId, timeZone, window, catchUp);
    }
}
