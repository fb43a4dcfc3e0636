package dev.runyard.engine.lifecycle;

import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.timer.Timer;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.TaskRunError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One transition with everything that must become true with it.
///
/// @param before the state that it was decided on
/// @param event what happens
/// @param after the state that it makes; version, event and time are filled in by the lifecycle
/// @param error why an attempt failed, kept in the history
/// @param result what a finished run leaves behind
/// @param arm timer to set
/// @param disarm kind of timer to remove
/// @param input what replaces the input of a run that has not started
public record RunChange(
        RunState before,
        RunEvent event,
        RunState after,
        @Nullable TaskRunError error,
        @Nullable RunResult result,
        @Nullable Timer arm,
        Timer.@Nullable Kind disarm,
        @Nullable RunInput input) {

    public static RunChange of(RunState before, RunEvent event, RunState after) {
        return new RunChange(before, event, after, null, null, null, null, null);
    }

    public RunChange withError(TaskRunError cause) {
        return new RunChange(before, event, after, cause, result, arm, disarm, input);
    }

    public RunChange withResult(RunResult newResult) {
        return new RunChange(before, event, after, newResult.error(), newResult, arm, disarm, input);
    }

    public RunChange arming(@Nullable Timer timer) {
        return new RunChange(before, event, after, error, result, timer, disarm, input);
    }

    /// The same change, except that a run whose place in its queue lies in the future enters the queue only then.
    RunChange holdingUntilDue(Instant now) {
        Instant due = Instant.ofEpochMilli(after.score());
        boolean enters =
                after.execution() == ExecutionStatus.QUEUED && after.notBefore() == null && after.startedAt() == null;
        if (!enters || !due.isAfter(now)) {
            return this;
        }
        RunState held = after.toBuilder().notBefore(due).build();
        Timer start = new Timer(Timer.Kind.START, after.runId(), due);
        return new RunChange(before, event, held, error, result, start, disarm, input);
    }

    /// The same change to another state.
    RunChange to(RunState other) {
        return new RunChange(before, event, other, error, result, arm, disarm, input);
    }

    public RunChange disarming(Timer.Kind kind) {
        return new RunChange(before, event, after, error, result, arm, kind, input);
    }

    public RunChange replacing(@Nullable RunInput newInput) {
        return new RunChange(before, event, after, error, result, arm, disarm, newInput);
    }
}
