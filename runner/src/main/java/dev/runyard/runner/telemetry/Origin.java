package dev.runyard.runner.telemetry;

import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.sdk.internal.SpanRef;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every line and span of an attempt carries.
 *
 * @param runId the run
 * @param taskId the task
 * @param attempt number of the attempt
 * @param base span that the whole run is a part of; absent where it is not traced
 */
record Origin(
        String runId, String taskId, int attempt, @Nullable SpanRef base) {
    static final Origin UNKNOWN = new Origin("", "", 0, null);

    static Origin of(TaskRunExecution execution) {
        Map<String, String> context = execution.run().traceContext();
        return new Origin(
                execution.run().id().toString(),
                execution.task().id(),
                execution.attempt().number(),
                SpanRef.parse(context == null ? null : context.get("traceparent"))
                        .orElse(null));
    }
}
