package dev.runyard.protocol.worker;

import java.util.Map;

/**
 * Answer of {@code POST …/attempts/start}.
 *
 * @param snapshot the version that the runner now holds
 * @param run the run
 * @param execution what to execute
 * @param envVars environment of the task: the project's variables and the platform's
 */
public record StartAttemptResponse(
        ExecutionSnapshot snapshot, RunMetadata run, TaskRunExecution execution, Map<String, String> envVars) {}
