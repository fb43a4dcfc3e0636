package dev.runyard.protocol.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /engine/v1/dev/dequeue}: an environment's own worker asks for runs.
 *
 * @param maxRunCount most runs to hand out, 1 where absent; ours
 * @param timeoutMs how long the server may hold the call while it has no run, not at all where absent; ours
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DevDequeueRequest(
        @Nullable Integer maxRunCount, @Nullable Long timeoutMs) {}
