package dev.runyard.engine.lifecycle;

import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.springframework.dao.DataAccessException;

/// Finds out what became of a change whose commit was not answered: the row tells, nothing is repeated.
public final class LostAnswers {
    /// The database keeps microseconds.
    private static final Duration SAME_TIME = Duration.ofNanos(1_000);

    private final RunStateRepository states;

    public LostAnswers(RunStateRepository states) {
        this.states = states;
    }

    /// Tells whether the row shows this very state.
    ///
    /// @param failure why there was no answer; a second failure is added to it
    boolean wasWritten(RunState after, RuntimeException failure) {
        try {
            return states.find(after.runId())
                    .filter(found -> isSame(found, after))
                    .isPresent();
        } catch (DataAccessException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    private static boolean isSame(RunState found, RunState after) {
        return found.version() == after.version()
                && found.lastEvent() == after.lastEvent()
                && found.attempt() == after.attempt()
                && Objects.equals(found.worker(), after.worker())
                && Objects.equals(found.runner(), after.runner())
                && isSame(found.updatedAt(), after.updatedAt());
    }

    private static boolean isSame(Instant a, Instant b) {
        return Duration.between(a, b).abs().compareTo(SAME_TIME) <= 0;
    }
}
