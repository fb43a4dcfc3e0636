package dev.runyard.protocol.worker;

import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST …/attempts/start}.
 *
 * @param isWarmStart whether the runner had executed another run before
 */
public record StartAttemptRequest(@Nullable Boolean isWarmStart) {}
