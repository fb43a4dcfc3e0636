package dev.runyard.engine.read;

import dev.runyard.engine.debounce.Debounce;
import org.jspecify.annotations.Nullable;

/// How a run came to be.
///
/// @param source who triggered it: `api`, `sdk`, `dashboard`, `cli`, `schedule`
/// @param action what they did, such as `replay`; absent for an ordinary trigger
/// @param rootSource who triggered the first run of its tree
/// @param idempotencyScope what the client mixed into its key
/// @param debounce what made several triggers one
/// @param externalDeploymentId deployment that its trigger named
public record RunOrigin(
        String source,
        @Nullable String action,
        String rootSource,
        @Nullable String idempotencyScope,
        @Nullable Debounce debounce,
        @Nullable String externalDeploymentId) {}
