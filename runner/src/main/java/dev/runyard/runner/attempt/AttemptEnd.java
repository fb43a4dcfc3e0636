package dev.runyard.runner.attempt;

import dev.runyard.protocol.worker.Completion;

/** What an attempt leaves to do. */
sealed interface AttemptEnd {

    /**
     * Report it.
     *
     * @param completion how it ended
     * @param mayContinue whether this process may execute the next attempt: the task's thread ended
     */
    record Report(Completion completion, boolean mayContinue) implements AttemptEnd {}

    /** @param code end the process without a report */
    record Leave(ExitCode code) implements AttemptEnd {}
}
