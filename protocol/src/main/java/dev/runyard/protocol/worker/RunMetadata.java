package dev.runyard.protocol.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * The part of a run that travels with each of its snapshots.
 *
 * @param id the friendly id without its prefix
 * @param friendlyId the run
 * @param status what users see
 * @param attemptNumber number of the current attempt; absent before the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunMetadata(
        String id,
        RunId friendlyId,
        RunStatus status,
        @Nullable Integer attemptNumber) {}
