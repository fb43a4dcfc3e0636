package dev.runyard.webapp.api.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runyard.webapp.api.shared.CronText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/// Answer of `GET /api/v3/runs/{id}`.
///
/// @param summary what lists show too
/// @param payload as plain JSON
/// @param output as plain JSON, only of a success
/// @param error why it failed
/// @param schedule what triggered it, where a schedule did
/// @param attemptCount attempts that were started
/// @param attempts always empty; older clients expect the member
/// @param relatedRuns its family
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunResponse(
        @JsonUnwrapped RunSummary summary,
        @Nullable RawValue payload,
        @Nullable RawValue output,
        @Nullable RunError error,
        @Nullable Schedule schedule,
        int attemptCount,
        List<Object> attempts,
        Related relatedRuns) {

    /// @param externalId the user's own name for what the schedule is about
    /// @param deduplicationKey the user's key
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Schedule(
            String id,
            @Nullable String externalId,
            @Nullable String deduplicationKey,
            CronText generator) {}

    /// @param root first run of its tree
    /// @param parent run that triggered it
    /// @param children runs that it triggered
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Related(@Nullable RunSummary root, @Nullable RunSummary parent, List<RunSummary> children) {}
}
