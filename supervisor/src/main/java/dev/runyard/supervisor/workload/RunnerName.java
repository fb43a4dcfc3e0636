package dev.runyard.supervisor.workload;

import dev.runyard.protocol.worker.DequeuedMessage;

/// Names workloads.
public final class RunnerName {
    private RunnerName() {}

    /// Returns a name that no other hand-over of any run has: a late end of an earlier workload of the same run, or
    /// what is left of a failed start, can never be mistaken for this one. It fits a DNS label.
    public static String of(DequeuedMessage message) {
        int attempt = message.run().attemptNumber();
        return "runner-"
                + message.run().friendlyId().body()
                + (attempt > 1 ? "-attempt-" + attempt : "")
                + "-"
                + message.snapshot().friendlyId().version();
    }
}
