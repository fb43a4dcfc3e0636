package dev.runyard.protocol.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /engine/v1/worker-actions/heartbeat}.
 *
 * @param cpu processors, virtual CPUs
 * @param memory memory, GiB
 * @param tasks unused by the official supervisor, sent empty
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SupervisorHeartbeat(
        Amount cpu, Amount memory, @Nullable List<Object> tasks) {

    /**
     * @param used in use
     * @param available free
     */
    public record Amount(double used, double available) {}
}
