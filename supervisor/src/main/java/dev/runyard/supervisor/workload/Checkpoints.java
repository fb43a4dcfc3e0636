package dev.runyard.supervisor.workload;

import java.util.List;
import java.util.Optional;

/// Stores the processes of workloads whose runs only wait, and brings them back. Thread-safe.
///
/// A workload that was stored goes on until [#end], so that whoever stores it can first find out whether its run still
/// waits.
public interface Checkpoints {
    /// Tells whether other supervisors can restore what is stored, so that nothing has to stay here of a workload.
    boolean areShared();

    /// Stores a workload. It stands still meanwhile and goes on afterwards, whatever came of it.
    ///
    /// @return why it could not be stored, a sentence
    Optional<String> store(StoredProcess process);

    /// Ends a stored workload and keeps what was stored. Its end is not told to the listener.
    void end(String runner);

    /// Forgets what was stored of a workload that goes on.
    void drop(StoredProcess process);

    /// Lets a workload go on from where it was stored. One that runs here is killed first.
    ///
    /// @param spec what to start where nothing is left of the workload on this machine
    StartOutcome restore(WorkloadSpec spec, StoredProcess process);

    /// Returns what is stored where all supervisors can restore it.
    default List<StoredProcess> shared() {
        return List.of();
    }
}
