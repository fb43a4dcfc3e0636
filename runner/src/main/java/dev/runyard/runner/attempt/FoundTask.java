package dev.runyard.runner.attempt;

import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.sdk.ProjectConfig;
import dev.runyard.sdk.Task;

/** What became of the search for a task's code. */
public sealed interface FoundTask {

    /**
     * @param task the code
     * @param project what all tasks of its project have in common
     */
    record Found(Task<?, ?> task, ProjectConfig project) implements FoundTask {}

    /** @param error why the run cannot be executed */
    record Unusable(TaskRunError error) implements FoundTask {}
}
