package dev.runyard.webapp.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.engine.read.TransitionView;
import dev.runyard.engine.run.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A time in which an attempt waited.
///
/// @param attempt number of the attempt
/// @param startedAt when it began
/// @param finishedAt when it ended
@JsonInclude(JsonInclude.Include.NON_NULL)
record WaitItem(int attempt, Instant startedAt, @Nullable Instant finishedAt) {

    /// Derives the waits from a run's history: whatever follows the begin of a wait, except a checkpoint, ends it.
    static List<WaitItem> of(List<TransitionView> history) {
        List<WaitItem> waits = new ArrayList<>();
        TransitionView from = null;
        for (TransitionView step : history) {
            if (from != null && step.event() != RunEvent.CHECKPOINTED && step.event() != RunEvent.CANCEL_REQUESTED) {
                waits.add(new WaitItem(from.attempt(), from.at(), step.at()));
                from = null;
            }
            if (step.event() == RunEvent.WAIT_STARTED) {
                from = step;
            }
        }
        if (from != null) {
            waits.add(new WaitItem(from.attempt(), from.at(), null));
        }
        return waits;
    }
}
