package dev.runyard.engine.lifecycle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a later trigger puts in the place of an earlier one's, while the run has not started.
///
/// @param payload serialized payload, absent where the newest trigger has none
/// @param payloadType its media type
/// @param metadata JSON object as text; absent where the run keeps its own
/// @param tags empty where the run keeps its own
public record RunInput(
        @Nullable String payload,
        String payloadType,
        @Nullable String metadata,
        List<String> tags) {

    public RunInput {
        tags = List.copyOf(tags);
    }
}
