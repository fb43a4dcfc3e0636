package dev.runyard.webapp.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of runs.
///
/// @param data newest first
/// @param next cursor of the page with older runs
/// @param previous cursor of the page with newer runs
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunListResponse(
        List<RunItem> data, @Nullable RunId next, @Nullable RunId previous) {}
