package dev.runyard.engine.schedule;

import dev.runyard.protocol.id.EnvironmentId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A schedule in one environment.
///
/// @param id the instance
/// @param environmentId where it triggers
/// @param phase its place in the window, 0 up to 2^31
/// @param version counts its changes
/// @param nextNominalAt the cron's time of its next tick; absent while the schedule is inactive
/// @param nextDueAt when that tick happens: not before the nominal time
/// @param lastNominalAt nominal time of the latest run
/// @param createdAt since when it exists
public record ScheduleInstance(
        UUID id,
        EnvironmentId environmentId,
        int phase,
        int version,
        @Nullable Instant nextNominalAt,
        @Nullable Instant nextDueAt,
        @Nullable Instant lastNominalAt,
        Instant createdAt) {}
