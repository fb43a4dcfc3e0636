package dev.runyard.protocol.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST …/snapshots/{snapshot}/heartbeat}.
 *
 * @param cpu share in use
 * @param memory share in use
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunHeartbeat(@Nullable Double cpu, @Nullable Double memory) {}
