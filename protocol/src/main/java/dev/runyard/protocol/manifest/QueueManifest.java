package dev.runyard.protocol.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A queue that a build declares.
 *
 * @param name its name; absent means the task's own queue
 * @param concurrencyLimit most runs at once, 0 to 100,000; absent means only the environment's limit
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueueManifest(@Nullable String name, @Nullable Integer concurrencyLimit) {}
