package dev.runyard.supervisor.workload;

import java.util.Optional;

/// Stores the processes of workloads whose runs only wait, and brings them back. Thread-safe.
///
/// A workload that was stored goes on until [#end], so that whoever stores it can first find out whether its run still
/// waits.
public interface Checkpoints {
    /// Stores a workload. It stands still meanwhile and goes on afterwards, whatever came of it.
    ///
    /// @return why it could not be stored, a sentence
    Optional<String> store(String runner);

    /// Ends a stored workload and keeps what was stored. Its end is not told to the listener.
    void end(String runner);

    /// Forgets what was stored of a workload that goes on.
    void drop(String runner);

    /// Lets a workload go on from where it was stored. One that runs is killed first.
    StartOutcome restore(String runner);
}
