package dev.runyard.supervisor.workloadapi;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;

/// A call of a runner that may speak for its run.
///
/// @param run the run
/// @param runner the workload that calls, empty where it does not say
record RunnerCall(RunId run, String runner) {

    /// Refuses a call.
    static final class Refused extends RuntimeException {
        private final int status;

        Refused(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /// Reads a snapshot id from a path.
    static SnapshotId snapshot(String text) {
        try {
            return SnapshotId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Refused(400, "not a snapshot id: " + text);
        }
    }
}
