package dev.runyard.protocol.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /engine/v1/worker-actions/image-checks/:deployment/result}, a route of ours.
 *
 * @param passed whether the image could be fetched and started
 * @param reason why not, a sentence with the last lines that it printed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImageCheckResult(
        @Nullable Boolean passed, @Nullable String reason) {}
