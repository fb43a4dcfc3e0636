package dev.runyard.supervisor.workload;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Starts, watches and stops what runs tasks. Thread-safe.
///
/// The life of a workload: [#start], then exactly one call of the listener when it ended for whatever reason, then
/// [#discard]. What has ended is kept until it is discarded, so that a supervisor which dies in between finds it
/// again with [#list] and can still report it.
public interface WorkloadManager extends AutoCloseable {
    WorkloadKind kind();

    /// Returns what this machine or engine can carry.
    HostResources resources();

    /// Returns why no workload can be started at present, a sentence; empty where nothing speaks against it.
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /// Begins to watch. Called once, before anything is started or adopted.
    void open(ExitListener listener);

    /// Starts a workload and watches it. The listener may be called before this returns.
    StartOutcome start(WorkloadSpec spec);

    /// Returns all workloads that this supervisor or an earlier one of its name started and nobody discarded, dead or
    /// alive.
    List<Workload> list();

    /// Watches a workload of [#list] that this instance did not start. One that is dead already is told to the
    /// listener at once.
    void adopt(Workload workload);

    /// Says that the first attempt of a workload began, so that what it has for its start only can be taken back.
    /// Returns at once.
    default void attemptStarted(Workload workload) {}

    /// Asks a workload to end and kills it with all its processes where it has not ended after the grace. Returns
    /// when that is done. Unknown and dead workloads are ignored.
    void stop(String runner, Duration grace);

    /// Lets a workload stand still whose run only waits, until [#wake]. It does not end meanwhile, unless by [#stop].
    default Rest rest(String runner) {
        return new Rest.Impossible("workloads of this kind cannot be frozen.");
    }

    /// Lets a workload go on that was laid to rest. Does nothing where it was not.
    default void wake(String runner) {}

    /// Returns what stores workloads, where this kind can be stored.
    default Optional<Checkpoints> checkpoints() {
        return Optional.empty();
    }

    /// Forgets a workload and removes what is left of it. One that still runs is killed first; the listener is not
    /// called any more.
    void discard(String runner);

    /// Stops watching. Workloads go on.
    @Override
    void close();
}
