package dev.runyard.engine.ttl;

import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.lifecycle.RunResult;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.timer.Timer;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.trigger.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Ends a run that waited for its first start as long as its ttl allows.
public final class ExpireRun {
    private ExpireRun() {}

    /// Tells whether a ttl means anything to a run: it is queued, and no worker ever had it.
    public static boolean isWaiting(RunState state) {
        return state.execution() == ExecutionStatus.QUEUED && state.attempt() == 0 && state.startedAt() == null;
    }

    /// Decides what becomes of a run whose ttl is over; nothing where it has been handed out, parked or ended.
    public static Optional<RunChange> decide(RunState state, Instant now) {
        if (!isWaiting(state)) {
            return Optional.empty();
        }
        int seconds = state.ttlSeconds() == null ? 0 : state.ttlSeconds();
        String reason =
                "The run was not started within its ttl of " + Durations.format(Duration.ofSeconds(seconds)) + ".";
        RunState after = state.toBuilder()
                .finished(RunStatus.EXPIRED, now)
                .statusReason(reason)
                .build();
        return Optional.of(RunChange.of(state, RunEvent.EXPIRED, after)
                .withResult(RunResult.failure(TaskRunError.Text.expired(reason)))
                .disarming(Timer.Kind.TTL));
    }
}
