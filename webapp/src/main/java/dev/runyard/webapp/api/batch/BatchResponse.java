package dev.runyard.webapp.api.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// A batch that a call made or found.
///
/// @param runCount how many items it has
/// @param isCached whether it is of an earlier call
/// @param idempotencyKey the caller's key
@JsonInclude(JsonInclude.Include.NON_NULL)
record BatchResponse(
        String id, int runCount, boolean isCached, @Nullable String idempotencyKey) {
    static BatchResponse of(ReadBatch.Made made) {
        return new BatchResponse(
                made.view().id().toString(),
                made.view().expected(),
                made.isCached(),
                made.key().orElse(null));
    }
}
