package dev.runyard.engine.delay;

import dev.runyard.engine.run.RunState;

/// What became of a request to delay a run differently.
public sealed interface RescheduleOutcome {
    /// The run starts at the new time.
    ///
    /// @param state the run's state
    record Rescheduled(RunState state) implements RescheduleOutcome {}

    /// The run is not delayed, or not any more; nothing changed.
    ///
    /// @param state the run's state
    record NotDelayed(RunState state) implements RescheduleOutcome {}

    /// The new time has passed already; nothing changed.
    record NotInFuture() implements RescheduleOutcome {}

    /// There is no such run in this environment.
    record Unknown() implements RescheduleOutcome {}
}
