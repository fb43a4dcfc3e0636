package dev.runyard.protocol.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /engine/v1/worker-actions/dequeue}.
 *
 * @param maxResources what the supervisor has free; informational
 * @param maxRunCount most runs to hand out, 1 where absent
 * @param timeoutMs how long the server may hold the call while it has no run; ours, the server's default where absent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DequeueRequest(
        @Nullable Resources maxResources,
        @Nullable Integer maxRunCount,
        @Nullable Long timeoutMs) {

    /**
     * @param cpu virtual CPUs
     * @param memory GiB
     */
    public record Resources(double cpu, double memory) {}
}
