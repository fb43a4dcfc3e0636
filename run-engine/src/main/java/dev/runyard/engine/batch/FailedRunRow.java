package dev.runyard.engine.batch;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// A run that failed in advance; its members are the columns of sql/batch/write_failed_runs.sql.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record FailedRunRow(
        UUID id,
        UUID environmentId,
        String taskId,
        String payloadType,
        List<String> tags,
        @Nullable UUID parentRunId,
        boolean isTest,
        @Nullable String traceParent,
        String source,
        String queue,
        String workerQueue,
        UUID batchId,
        int batchIndex,
        String error) {}
