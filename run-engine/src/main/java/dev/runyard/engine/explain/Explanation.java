package dev.runyard.engine.explain;

import dev.runyard.engine.timer.Timer;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What holds a run.
public sealed interface Explanation {
    /// The run ended.
    record Ended(RunStatus status) implements Explanation {}

    /// A worker has the run.
    ///
    /// @param execution what it does with it
    /// @param worker the supervisor
    /// @param leaseUntil when the worker is given up
    record Executing(
            ExecutionStatus execution,
            @Nullable String worker,
            @Nullable Instant leaseUntil) implements Explanation {}

    /// Nothing executes the run now.
    ///
    /// @param gates what holds it, the first to be opened first; empty where it starts as soon as its turn comes
    /// @param position its place, absent while it is not in its queue
    /// @param nextTimer what happens to it next by time alone
    record Held(
            List<Gate> gates,
            @Nullable Position position,
            @Nullable Timer nextTimer) implements Explanation {}

    /// How many runs are before a run.
    ///
    /// @param inKey of its queue key
    /// @param inEnvironment of its environment
    record Position(long inKey, long inEnvironment) {}
}
