package dev.runyard.runner.logs;

import dev.runyard.protocol.worker.TaskRunExecution;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every line of an attempt carries.
 *
 * @param runId the run
 * @param taskId the task
 * @param attempt number of the attempt
 * @param traceId trace of the run; absent where it has none
 * @param spanId span under which its lines are filed
 */
record LogOrigin(
        String runId,
        String taskId,
        int attempt,
        @Nullable String traceId,
        @Nullable String spanId) {
    private static final int TRACEPARENT_PARTS = 4;

    static LogOrigin of(TaskRunExecution execution) {
        Map<String, String> context = execution.run().traceContext();
        String[] parent = context == null
                ? new String[0]
                : context.getOrDefault("traceparent", "").split("-");
        boolean traced = parent.length == TRACEPARENT_PARTS;
        return new LogOrigin(
                execution.run().id().toString(),
                execution.task().id(),
                execution.attempt().number(),
                traced ? parent[1] : null,
                traced ? parent[2] : null);
    }
}
