package dev.runyard.runner.attempt;

import dev.runyard.protocol.worker.TaskRunExecution;

/** Has the code of tasks. */
@FunctionalInterface
public interface TaskSource {
    /** Returns the code of a task, or why there is none. */
    FoundTask find(TaskRunExecution.Task task);
}
