package dev.runyard.engine.trigger;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.UUID;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/// A run that is about to be written as an item of a batch; further columns of sql/trigger/write_runs.sql.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ItemRow(@JsonUnwrapped TriggerRow run, UUID batchId, int batchIndex) {}
