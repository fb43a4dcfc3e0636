package dev.runyard.webapp.telemetry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runyard.protocol.id.RunId;
import org.jspecify.annotations.Nullable;

/// A line that a search found.
///
/// @param runId its run
/// @param taskId the run's task, while the run is kept
/// @param line the line
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FoundLine(
        RunId runId, @Nullable String taskId, @JsonUnwrapped StoredLogLine line) {
    /// Returns its place in the answer.
    public LogSearch.Place place() {
        return new LogSearch.Place(line.at(), runId, line.seq());
    }
}
