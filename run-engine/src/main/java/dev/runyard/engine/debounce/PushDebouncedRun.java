package dev.runyard.engine.debounce;

import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.lifecycle.RunInput;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateBuilder;
import dev.runyard.engine.timer.Timer;
import dev.runyard.engine.version.ParkDeadline;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.MachinePreset;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets a trigger join the run that collects its key: pushes the end of its delay, or leaves it where it is far enough.
public final class PushDebouncedRun {
    private final RunLifecycle lifecycle;
    private final ParkDeadline deadline;
    private final InstantSource clock;

    public PushDebouncedRun(RunLifecycle lifecycle, ParkDeadline deadline, InstantSource clock) {
        this.lifecycle = lifecycle;
        this.deadline = deadline;
        this.clock = clock;
    }

    /// What a trigger brings that may replace what the run has.
    ///
    /// @param input payload, metadata and tags
    /// @param maxAttempts most attempts, absent where the run keeps its own
    /// @param maxDurationSeconds longest execution, absent where the run keeps its own
    /// @param machine size, absent where the run keeps its own
    public record Newest(
            RunInput input,
            @Nullable Integer maxAttempts,
            @Nullable Integer maxDurationSeconds,
            @Nullable MachinePreset machine) {}

    /// What became of a trigger.
    public sealed interface Pushed {
        /// The run collected it.
        record Joined(RunState run) implements Pushed {}

        /// The run has left its delay, or would be held back too long: the trigger makes a new one.
        record NewRunNeeded() implements Pushed {}

        /// The run changed meanwhile: read it again and decide again.
        record Overtaken() implements Pushed {}
    }

    /// Tells whether triggers may still join a run: it has not left its delay.
    public static boolean collects(RunState run) {
        return run.execution() == ExecutionStatus.DELAYED || run.execution() == ExecutionStatus.RUN_CREATED;
    }

    public Pushed push(RunState run, DebounceWindow window, Newest newest) {
        Optional<Instant> target = window.pushedTo(
                clock.instant(), TimeOrderedIds.instantOf(run.runId().value()));
        if (!collects(run) || target.isEmpty()) {
            return new Pushed.NewRunNeeded();
        }
        Instant current = run.delayUntil();
        boolean isFarEnough = current != null && !target.get().isAfter(current);
        if (isFarEnough && !window.isTrailing()) {
            return new Pushed.Joined(run);
        }
        Instant until = isFarEnough ? Objects.requireNonNull(current) : target.get();
        return lifecycle
                .apply(change(run, until, window.isTrailing() ? newest : null))
                .<Pushed>map(Pushed.Joined::new)
                .orElseGet(Pushed.Overtaken::new);
    }

    private RunChange change(RunState run, Instant until, @Nullable Newest newest) {
        RunStateBuilder after = run.toBuilder().delayedUntil(until);
        RunInput input = null;
        if (newest != null) {
            input = newest.input();
            after.maxAttempts(newest.maxAttempts() == null ? run.maxAttempts() : newest.maxAttempts())
                    .maxDurationSeconds(
                            newest.maxDurationSeconds() == null
                                    ? run.maxDurationSeconds()
                                    : newest.maxDurationSeconds())
                    .machine(newest.machine() == null ? run.machine() : newest.machine());
        }
        return RunChange.of(run, RunEvent.DEBOUNCED, after.build())
                .arming(timer(run, until))
                .replacing(input);
    }

    private @Nullable Timer timer(RunState run, Instant until) {
        if (run.execution() == ExecutionStatus.DELAYED) {
            return new Timer(Timer.Kind.DELAY, run.runId(), until);
        }
        return ParkDeadline.holds(run)
                ? new Timer(Timer.Kind.PARK, run.runId(), deadline.of(clock.instant(), until, run.ttlSeconds()))
                : null;
    }
}
