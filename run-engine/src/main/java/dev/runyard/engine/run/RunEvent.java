package dev.runyard.engine.run;

/// What can happen to a run. Every change of a run's state is one of these; [RunTransitions] says which is legal when.
public enum RunEvent {
    TRIGGERED("Run was triggered"),
    TRIGGERED_WITH_DELAY("Run was triggered with a delay"),
    TRIGGER_FAILED("The run could not be triggered"),
    TRIGGERED_AND_PARKED("Run was triggered for a deployment that is not there yet"),
    RESCHEDULED("The delay was changed"),
    DEBOUNCED("Another trigger with the same debounce key arrived"),
    DELAY_ENDED("The delay is over, run was queued"),
    CLAIMED("A supervisor took the run"),
    CLAIMED_AND_STARTED("A warm worker took the run and started an attempt"),
    ADMITTED("A slot is free, run goes on"),
    PARKED("No deployed version has the task; run waits for one"),
    VERSION_ARRIVED("A version with the task was deployed, run was queued"),
    START_DUE("The run's place in its queue is due"),
    CLAIM_LAPSED("Whoever took the run from its queue went away at once, run was queued again"),
    ATTEMPT_STARTED("Attempt started"),
    SUCCEEDED("Run succeeded"),
    RETRY_ON_WORKER("Attempt failed; the same worker retries"),
    RETRY_QUEUED("Attempt failed; run will be queued for a retry"),
    RETRY_DUE("The retry is due, run was queued"),
    DISPATCH_LAPSED("The supervisor did not start the run in time, run was queued again"),
    FAILED("Run failed"),
    RECOVERED("The worker was lost, run was queued again"),
    GIVEN_UP("The server ended the run"),
    WAIT_STARTED("Run waits"),
    RESUMED("What the run waited for is there"),
    CHECKPOINTED("The process was stored and has ended"),
    CONTINUED("The process was restored and goes on"),
    CANCEL_REQUESTED("Cancellation was requested"),
    CANCELED("Run was canceled"),
    EXPIRED("Run was not started within its ttl");

    private final String description;

    RunEvent(String description) {
        this.description = description;
    }

    /// Returns the sentence that people read in the run's history.
    public String description() {
        return description;
    }
}
