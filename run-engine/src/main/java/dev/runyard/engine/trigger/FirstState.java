package dev.runyard.engine.trigger;

import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.timer.Timer;
import dev.runyard.engine.version.ParkDeadline;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a run begins: queued, delayed, or waiting for its deployment; and what ends that by itself.
///
/// @param event what made it
/// @param execution where it stands
/// @param status what users see
/// @param reason why it waits, where the status alone does not say it
/// @param timer what ends the beginning
/// @param due when
record FirstState(
        RunEvent event,
        ExecutionStatus execution,
        RunStatus status,
        @Nullable String reason,
        Timer.@Nullable Kind timer,
        @Nullable Instant due) {

    /// The ttl limits the wait for a worker, so it begins after the delay, or when a place in the future is due.
    ///
    /// @param place in the queue, unix milliseconds
    static FirstState of(Instant now, @Nullable Instant delayUntil, long place, @Nullable Integer ttlSeconds) {
        if (delayUntil != null) {
            return new FirstState(
                    RunEvent.TRIGGERED_WITH_DELAY,
                    ExecutionStatus.DELAYED,
                    RunStatus.DELAYED,
                    null,
                    Timer.Kind.DELAY,
                    delayUntil);
        }
        Instant start = Instant.ofEpochMilli(place);
        if (start.isAfter(now)) {
            return queued(Timer.Kind.START, start);
        }
        return ttlSeconds == null ? queued(null, null) : queued(Timer.Kind.TTL, now.plusSeconds(ttlSeconds));
    }

    private static FirstState queued(Timer.@Nullable Kind timer, @Nullable Instant due) {
        return new FirstState(RunEvent.TRIGGERED, ExecutionStatus.QUEUED, RunStatus.PENDING, null, timer, due);
    }

    static FirstState parked(Instant deadline) {
        return new FirstState(
                RunEvent.TRIGGERED_AND_PARKED,
                ExecutionStatus.RUN_CREATED,
                RunStatus.PENDING_VERSION,
                ParkDeadline.PENDING,
                Timer.Kind.PARK,
                deadline);
    }
}
