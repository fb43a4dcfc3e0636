package dev.runyard.runner.attempt;

import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.sdk.Task;

/** What became of the search for a task's code. */
sealed interface FoundTask {

    /** @param task the code */
    record Found(Task<?, ?> task) implements FoundTask {}

    /** @param error why the run cannot be executed */
    record Unusable(TaskRunError error) implements FoundTask {}
}
