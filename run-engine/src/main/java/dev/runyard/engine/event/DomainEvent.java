package dev.runyard.engine.event;

import dev.runyard.engine.run.RunEvent;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that happened to a run. Run and version together are its id: whoever sees it twice knows it by
/// them.
///
/// @param runId the run
/// @param version the version that it made; a run's events arrive in the order of their versions
/// @param environmentId where the run belongs
/// @param taskId its task
/// @param event what happened
/// @param execution where the run stood then
/// @param status what users saw then
/// @param attempt number of the attempt, 0 before the first
/// @param detail JSON of the error of a failed attempt
/// @param at when, for people; it orders nothing
/// @param position its place in the feed
public record DomainEvent(
        RunId runId,
        int version,
        EnvironmentId environmentId,
        String taskId,
        RunEvent event,
        ExecutionStatus execution,
        RunStatus status,
        int attempt,
        @Nullable String detail,
        Instant at,
        EventPosition position) {}
