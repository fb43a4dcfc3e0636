package dev.runyard.engine.run;

import static dev.runyard.engine.run.RunEvent.*;
import static dev.runyard.protocol.run.ExecutionStatus.*;

import dev.runyard.protocol.run.ExecutionStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which event may move a run from where to where. A change that is not in this table is a bug and is refused.
///
/// A test fails on a row that no test of the engine exercised, and writes docs/internals/state-machine.md from it.
public final class RunTransitions {
    /// One legal move.
    ///
    /// @param from where the run stands, null for a run that is new
    /// @param event what happens
    /// @param to where it stands then
    public record Move(@Nullable ExecutionStatus from, RunEvent event, ExecutionStatus to) {}

    /// Every legal move.
    public static final List<Move> TABLE = List.of(
            new Move(null, TRIGGERED, QUEUED),
            new Move(null, TRIGGERED_WITH_DELAY, DELAYED),
            new Move(null, TRIGGER_FAILED, FINISHED),
            new Move(null, TRIGGERED_AND_PARKED, RUN_CREATED),
            new Move(DELAYED, RESCHEDULED, DELAYED),
            new Move(DELAYED, DEBOUNCED, DELAYED),
            new Move(RUN_CREATED, DEBOUNCED, RUN_CREATED),
            new Move(DELAYED, DELAY_ENDED, QUEUED),
            new Move(QUEUED, CLAIMED, PENDING_EXECUTING),
            new Move(QUEUED, CLAIMED_AND_STARTED, EXECUTING),
            new Move(QUEUED_EXECUTING, ADMITTED, EXECUTING),
            new Move(QUEUED, CLAIM_LAPSED, QUEUED),
            new Move(QUEUED_EXECUTING, CLAIM_LAPSED, QUEUED_EXECUTING),
            new Move(QUEUED, START_DUE, QUEUED),
            new Move(QUEUED, PARKED, RUN_CREATED),
            new Move(RUN_CREATED, VERSION_ARRIVED, QUEUED),
            new Move(RUN_CREATED, VERSION_ARRIVED, DELAYED),
            new Move(PENDING_EXECUTING, ATTEMPT_STARTED, EXECUTING),
            new Move(EXECUTING, ATTEMPT_STARTED, EXECUTING),
            new Move(EXECUTING, SUCCEEDED, FINISHED),
            new Move(EXECUTING, RETRY_ON_WORKER, EXECUTING),
            new Move(EXECUTING, RETRY_QUEUED, QUEUED),
            new Move(PENDING_EXECUTING, RETRY_QUEUED, QUEUED),
            new Move(QUEUED, RETRY_DUE, QUEUED),
            new Move(PENDING_EXECUTING, DISPATCH_LAPSED, QUEUED),
            new Move(EXECUTING, FAILED, FINISHED),
            new Move(PENDING_EXECUTING, FAILED, FINISHED),
            new Move(EXECUTING, RECOVERED, QUEUED),
            new Move(EXECUTING, GIVEN_UP, FINISHED),
            new Move(PENDING_EXECUTING, GIVEN_UP, FINISHED),
            new Move(EXECUTING, WAIT_STARTED, EXECUTING_WITH_WAITPOINTS),
            new Move(EXECUTING, RESUMED, EXECUTING),
            new Move(EXECUTING_WITH_WAITPOINTS, RESUMED, QUEUED_EXECUTING),
            new Move(EXECUTING_WITH_WAITPOINTS, CHECKPOINTED, SUSPENDED),
            new Move(SUSPENDED, RESUMED, QUEUED),
            new Move(PENDING_EXECUTING, CONTINUED, EXECUTING),
            new Move(EXECUTING_WITH_WAITPOINTS, SUCCEEDED, FINISHED),
            new Move(EXECUTING_WITH_WAITPOINTS, RETRY_QUEUED, QUEUED),
            new Move(EXECUTING_WITH_WAITPOINTS, FAILED, FINISHED),
            new Move(EXECUTING_WITH_WAITPOINTS, RECOVERED, QUEUED),
            new Move(EXECUTING_WITH_WAITPOINTS, GIVEN_UP, FINISHED),
            new Move(EXECUTING_WITH_WAITPOINTS, CANCEL_REQUESTED, PENDING_CANCEL),
            new Move(QUEUED_EXECUTING, SUCCEEDED, FINISHED),
            new Move(QUEUED_EXECUTING, RETRY_QUEUED, QUEUED),
            new Move(QUEUED_EXECUTING, FAILED, FINISHED),
            new Move(QUEUED_EXECUTING, RECOVERED, QUEUED),
            new Move(QUEUED_EXECUTING, GIVEN_UP, FINISHED),
            new Move(QUEUED_EXECUTING, CANCEL_REQUESTED, PENDING_CANCEL),
            new Move(SUSPENDED, CANCELED, FINISHED),
            new Move(EXECUTING, CANCEL_REQUESTED, PENDING_CANCEL),
            new Move(PENDING_EXECUTING, CANCEL_REQUESTED, PENDING_CANCEL),
            new Move(PENDING_CANCEL, CANCELED, FINISHED),
            new Move(EXECUTING, CANCELED, FINISHED),
            new Move(PENDING_EXECUTING, CANCELED, FINISHED),
            new Move(EXECUTING_WITH_WAITPOINTS, CANCELED, FINISHED),
            new Move(QUEUED_EXECUTING, CANCELED, FINISHED),
            new Move(RUN_CREATED, CANCELED, FINISHED),
            new Move(DELAYED, CANCELED, FINISHED),
            new Move(QUEUED, CANCELED, FINISHED),
            new Move(QUEUED, EXPIRED, FINISHED),
            new Move(RUN_CREATED, EXPIRED, FINISHED));

    private RunTransitions() {}

    /// Refuses a move that is not in the table.
    ///
    /// @throws IllegalStateException where it is not
    public static void check(@Nullable ExecutionStatus from, RunEvent event, ExecutionStatus to) {
        if (!TABLE.contains(new Move(from, event, to))) {
            throw new IllegalStateException("no such transition: " + from + " " + event + " " + to);
        }
    }
}
