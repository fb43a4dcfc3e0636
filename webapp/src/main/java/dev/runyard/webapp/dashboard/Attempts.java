package dev.runyard.webapp.dashboard;

import dev.runyard.engine.read.TransitionView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Derives a run's attempts from its history: an attempt lasts from its start to the next step that is not a cancel
/// request.
final class Attempts {
    private Attempts() {}

    static List<AttemptItem> of(List<TransitionView> history) {
        List<AttemptItem> attempts = new ArrayList<>();
        TransitionView started = null;
        for (TransitionView step : history) {
            switch (step.event()) {
                case ATTEMPT_STARTED, CLAIMED_AND_STARTED -> started = step;
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
                        CLAIMED,
                        CLAIM_LAPSED,
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
            attempts.add(new AttemptItem(started.attempt(), "EXECUTING", started.at(), null, null, null));
        }
        return attempts;
    }

    private static @Nullable TransitionView end(
            List<AttemptItem> attempts, @Nullable TransitionView started, TransitionView end, String status) {
        if (started != null) {
            Instant from = started.at();
            attempts.add(new AttemptItem(
                    started.attempt(),
                    status,
                    from,
                    end.at(),
                    RunItem.durationMs(from, end.at()),
                    RunError.ofNullable(end.error())));
        }
        return null;
    }
}
