package dev.runyard.supervisor.workload;

/// What came of starting a workload.
public sealed interface StartOutcome {

    /// The workload runs, or ran and has died already; its end is told to the listener.
    record Started() implements StartOutcome {}

    /// It can never start here as it is: no such image, an image of the wrong kind, nothing to execute.
    ///
    /// @param reason a sentence for the user
    record Refused(String reason) implements StartOutcome {}

    /// What should have started it does not work now.
    ///
    /// @param reason a sentence for the user
    record Unavailable(String reason) implements StartOutcome {}
}
