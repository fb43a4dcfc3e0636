package dev.runyard.webapp.dashboard;

import dev.runyard.engine.read.TransitionView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Derives a run's attempts from its history: an attempt lasts from its start to the next step that is not a cancel
/// request. Before that, a worker may have needed time to start it.
final class Attempts {
    private Attempts() {}

    static List<AttemptItem> of(List<TransitionView> history) {
        List<AttemptItem> attempts = new ArrayList<>();
        Instant taken = null;
        Started started = null;
        for (TransitionView step : history) {
            switch (step.event()) {
                case CLAIMED -> taken = step.at();
                case CLAIM_LAPSED -> taken = null;
                case ATTEMPT_STARTED -> {
                    started = new Started(taken, step);
                    taken = null;
                }
                case CLAIMED_AND_STARTED -> started = new Started(null, step);
                case SUCCEEDED -> started = end(attempts, started, step, "COMPLETED");
                case CANCELED -> started = end(attempts, started, step, "CANCELED");
                case RETRY_ON_WORKER, RETRY_QUEUED, FAILED, DISPATCH_LAPSED, RECOVERED, GIVEN_UP, EXPIRED ->
                    started = end(attempts, started, step, "FAILED");
                case TRIGGERED,
                        TRIGGERED_WITH_DELAY,
                        TRIGGERED_AND_PARKED,
                        TRIGGER_FAILED,
                        RESCHEDULED,
                        DEBOUNCED,
                        DELAY_ENDED,
                        ADMITTED,
                        PARKED,
                        VERSION_ARRIVED,
                        START_DUE,
                        RETRY_DUE,
                        WAIT_STARTED,
                        RESUMED,
                        CHECKPOINTED,
                        CONTINUED,
                        CANCEL_REQUESTED -> {}
            }
        }
        if (started != null) {
            attempts.add(started.until(null, "EXECUTING"));
        }
        return attempts;
    }

    private static @Nullable Started end(
            List<AttemptItem> attempts, @Nullable Started started, TransitionView end, String status) {
        if (started != null) {
            attempts.add(started.until(end, status));
        }
        return null;
    }

    private record Started(@Nullable Instant taken, TransitionView step) {
        AttemptItem until(@Nullable TransitionView end, String status) {
            Instant from = step.at();
            return new AttemptItem(
                    step.attempt(),
                    status,
                    taken,
                    from,
                    end == null ? null : end.at(),
                    end == null ? null : RunItem.durationMs(from, end.at()),
                    end == null ? null : RunError.ofNullable(end.error()));
        }
    }
}
