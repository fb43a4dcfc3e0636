package dev.runyard.engine.explain;

import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that a run must pass before it executes, and that is closed.
public sealed interface Gate {
    /// Its environment was removed; the next claim ends the run.
    record EnvironmentGone() implements Gate {}

    /// Its environment is paused.
    record EnvironmentPaused() implements Gate {}

    /// Its environment uses all its slots.
    record EnvironmentFull(Slots slots) implements Gate {}

    /// Its queue is paused.
    record QueuePaused(String queue) implements Gate {}

    /// All keys of its queue together use all the slots that they may.
    record QueueFull(String queue, Slots slots) implements Gate {}

    /// Its queue key uses all its slots.
    ///
    /// @param concurrencyKey the key, absent for the queue itself
    record KeyFull(String queue, @Nullable String concurrencyKey, Slots slots) implements Gate {}

    /// It may not start before a time.
    record NotBefore(Instant at, Cause cause) implements Gate {}

    /// It needs a version that is not there.
    ///
    /// @param reason for people
    record NoVersion(@Nullable String reason) implements Gate {}

    /// It waits for waitpoints.
    ///
    /// @param pending those that are not completed
    record Waitpoints(List<UUID> pending) implements Gate {}

    /// Nobody asked this server for runs of its worker queue for a while.
    ///
    /// @param lastAsked when somebody did, absent where nobody has since the server started
    record NoWorker(String workerQueue, @Nullable Instant lastAsked) implements Gate {}

    /// Why a run may not start before a time.
    enum Cause {
        /// It was triggered with a delay.
        DELAY,
        /// An attempt failed.
        RETRY,
        /// Its priority puts its place into the future.
        PRIORITY
    }

    /// Slots of a limit.
    ///
    /// @param limit how many there are
    /// @param used how many are in use
    /// @param holders some of the runs that hold them, those first that hold one longest
    record Slots(int limit, int used, List<RunId> holders) {}
}
