package dev.runyard.webapp.api.trace;

import dev.runyard.engine.read.TransitionView;
import dev.runyard.protocol.id.RunId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes spans of attempts, with the waits in them, out of a run's history.
final class AttemptSpans {
    private final RunId run;
    private final String parentId;
    private final List<Span> attempts = new ArrayList<>();
    private @Nullable TransitionView attempt;
    private @Nullable TransitionView waiting;
    private List<Span> waits = new ArrayList<>();

    private AttemptSpans(RunId run, String parentId) {
        this.run = run;
        this.parentId = parentId;
    }

    static List<Span> of(RunId run, String parentId, List<TransitionView> history) {
        AttemptSpans spans = new AttemptSpans(run, parentId);
        history.forEach(spans::take);
        spans.endAttempt(null, Span.Outcome.UNDER_WAY);
        return spans.attempts;
    }

    private void take(TransitionView step) {
        switch (step.event()) {
            case ATTEMPT_STARTED, CLAIMED_AND_STARTED -> {
                endAttempt(step, Span.Outcome.FAILED);
                attempt = step;
            }
            case WAIT_STARTED -> {
                endWait(step);
                waiting = step;
            }
            case RESUMED -> endWait(step);
            case SUCCEEDED -> endAttempt(step, Span.Outcome.DONE);
            case CANCELED -> endAttempt(step, Span.Outcome.CANCELED);
            case RETRY_ON_WORKER, RETRY_QUEUED, FAILED, DISPATCH_LAPSED, RECOVERED, GIVEN_UP, EXPIRED ->
                endAttempt(step, Span.Outcome.FAILED);
            case TRIGGERED,
                    TRIGGERED_WITH_DELAY,
                    TRIGGERED_AND_PARKED,
                    TRIGGER_FAILED,
                    RESCHEDULED,
                    DEBOUNCED,
                    DELAY_ENDED,
                    CLAIMED,
                    ADMITTED,
                    PARKED,
                    VERSION_ARRIVED,
                    START_DUE,
                    RETRY_DUE,
                    CHECKPOINTED,
                    CONTINUED,
                    CLAIM_LAPSED,
                    CANCEL_REQUESTED -> {}
        }
    }

    private void endWait(@Nullable TransitionView end) {
        TransitionView from = waiting;
        if (from != null) {
            Span.Outcome outcome = end == null ? Span.Outcome.UNDER_WAY : Span.Outcome.DONE;
            waits.add(span("wait/" + from.version(), Span.Kind.WAIT, "Wait", from, end, outcome));
        }
        waiting = null;
    }

    private void endAttempt(@Nullable TransitionView end, Span.Outcome outcome) {
        endWait(end);
        TransitionView from = attempt;
        if (from != null) {
            String part = "attempt/" + from.version();
            String id = Span.idOf(run, part);
            attempts.add(span(part, Span.Kind.ATTEMPT, "Attempt " + from.attempt(), from, end, outcome)
                    .with(waits.stream().map(wait -> wait.under(id)).toList()));
        }
        attempt = null;
        waits = new ArrayList<>();
    }

    private Span span(
            String part,
            Span.Kind kind,
            String message,
            TransitionView from,
            @Nullable TransitionView end,
            Span.Outcome outcome) {
        return new Span(
                Span.idOf(run, part),
                parentId,
                run,
                kind,
                message,
                "TRACE",
                from.at(),
                end == null ? null : end.at(),
                outcome,
                from.attempt(),
                null,
                null,
                List.of());
    }
}
