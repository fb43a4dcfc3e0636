package dev.runyard.engine.gate;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.queue.QueueUnavailableException;
import dev.runyard.engine.queue.RunQueue;
import dev.runyard.engine.queue.WorkerQueueRepository;
import dev.runyard.protocol.id.EnvironmentId;
import java.util.ArrayList;
import java.util.List;

/// Brings the runs of an environment that wait to the worker queue that the environment has now.
///
/// A run that a trigger wrote meanwhile with the former worker queue is put right by whoever claims it there; where
/// nobody does, the next call moves it.
public final class MoveRuns {
    private final Environments environments;
    private final WorkerQueueRepository workerQueues;
    private final ChangeGates change;
    private final RunQueue queue;

    public MoveRuns(Environments environments, WorkerQueueRepository workerQueues, ChangeGates change, RunQueue queue) {
        this.environments = environments;
        this.workerQueues = workerQueues;
        this.change = change;
        this.queue = queue;
    }

    /// Moves what waits elsewhere; of an environment that is gone, nothing.
    public void move(EnvironmentId environment) {
        environments.find(environment).map(EnvironmentSettings::workerQueue).ifPresent(to -> move(environment, to));
    }

    private void move(EnvironmentId environment, String to) {
        List<String> former = new ArrayList<>();
        change.apply(environment, () -> former.addAll(workerQueues.moveWaiting(environment, to)));
        try {
            former.forEach(from -> queue.endTurns(environment, from));
        } catch (QueueUnavailableException e) {
            // A turn that is left over only leads to a claim that is put right.
        }
    }
}
