package dev.runyard.engine.attempt;

import dev.runyard.engine.lifecycle.RunChange;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.read.RunQueries;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.CompleteAttemptResponse.AttemptStatus;
import dev.runyard.protocol.worker.Completion;
import java.util.Optional;

/// Takes the result of an attempt from whoever holds the run: its runner, or the supervisor of a runner that died.
public final class CompleteAttempt {
    private final RunStateRepository states;
    private final RunQueries queries;
    private final EndAttempt endAttempt;
    private final RunLifecycle lifecycle;
    private final EngineMetrics metrics;

    public CompleteAttempt(
            RunStateRepository states,
            RunQueries queries,
            EndAttempt endAttempt,
            RunLifecycle lifecycle,
            EngineMetrics metrics) {
        this.states = states;
        this.queries = queries;
        this.endAttempt = endAttempt;
        this.lifecycle = lifecycle;
        this.metrics = metrics;
    }

    public CompleteOutcome complete(RunId runId, SnapshotId snapshot, Completion completion) {
        Optional<RunState> found = states.find(runId);
        if (found.isEmpty()) {
            return new CompleteOutcome.Unknown();
        }
        RunState state = found.get();
        Optional<RunChange> change =
                state.version() == snapshot.version() ? decide(state, completion) : Optional.empty();
        if (change.isEmpty()) {
            return answerOther(state, snapshot);
        }
        return lifecycle
                .apply(change.get())
                .<CompleteOutcome>map(after ->
                        new CompleteOutcome.Completed(statusAfter(change.get().event()), after))
                .orElseGet(() -> complete(runId, snapshot, completion));
    }

    private Optional<RunChange> decide(RunState state, Completion completion) {
        TaskRunError error = completion.error() == null
                ? TaskRunError.Internal.of(
                        InternalErrorCode.UNSPECIFIED_ERROR, "The worker reported a failure without its cause.")
                : BoundedError.of(completion.error());
        return switch (state.execution()) {
            case PENDING_CANCEL ->
                Optional.of(endAttempt.canceled(
                        state,
                        completion.ok()
                                ? TaskRunError.Internal.of(
                                        InternalErrorCode.TASK_RUN_CANCELLED, "The run was canceled.")
                                : error,
                        completion.usage()));
            case EXECUTING ->
                Optional.ofNullable(
                        state.status() == RunStatus.RETRYING_AFTER_FAILURE
                                ? (completion.ok() ? null : endAttempt.failureBetweenAttempts(state, error))
                                : completion.ok()
                                        ? endAttempt.success(state, completion)
                                        : endAttempt.failure(state, error, completion));
            case EXECUTING_WITH_WAITPOINTS, QUEUED_EXECUTING ->
                Optional.of(
                        completion.ok()
                                ? endAttempt.success(state, completion)
                                : endAttempt.failure(state, error, completion));
            case PENDING_EXECUTING ->
                completion.ok() ? Optional.empty() : Optional.of(endAttempt.failureBetweenAttempts(state, error));
            case RUN_CREATED, DELAYED, QUEUED, SUSPENDED, FINISHED -> Optional.empty();
        };
    }

    /// The caller's version is not the newest. If it once ended an attempt with just this version, the reply was lost.
    private CompleteOutcome answerOther(RunState state, SnapshotId snapshot) {
        Optional<RunEvent> next = queries.eventOf(state.runId(), snapshot.version() + 1);
        if (next.isPresent() && isCompletion(next.get())) {
            return new CompleteOutcome.Completed(statusAfter(next.get()), state);
        }
        metrics.refusedStale("complete");
        return new CompleteOutcome.Stale(state);
    }

    private static boolean isCompletion(RunEvent event) {
        return switch (event) {
            case SUCCEEDED, FAILED, CANCELED, RETRY_ON_WORKER, RETRY_QUEUED -> true;
            case TRIGGERED,
                    TRIGGERED_WITH_DELAY,
                    TRIGGER_FAILED,
                    DELAY_ENDED,
                    CLAIMED,
                    CLAIMED_AND_STARTED,
                    CLAIM_LAPSED,
                    ADMITTED,
                    START_DUE,
                    PARKED,
                    VERSION_ARRIVED,
                    ATTEMPT_STARTED,
                    RETRY_DUE,
                    TRIGGERED_AND_PARKED,
                    RESCHEDULED,
                    DEBOUNCED,
                    DISPATCH_LAPSED,
                    RECOVERED,
                    GIVEN_UP,
                    WAIT_STARTED,
                    RESUMED,
                    CHECKPOINTED,
                    CONTINUED,
                    CANCEL_REQUESTED,
                    EXPIRED -> false;
        };
    }

    private static AttemptStatus statusAfter(RunEvent event) {
        if (event == RunEvent.RETRY_ON_WORKER) {
            return AttemptStatus.RETRY_IMMEDIATELY;
        }
        return event == RunEvent.RETRY_QUEUED ? AttemptStatus.RETRY_QUEUED : AttemptStatus.RUN_FINISHED;
    }
}
