package dev.runyard.webapp.worker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A supervisor that called.
///
/// @param group the worker group whose token it has
/// @param name its name
/// @param version its version, where it said it
/// @param workloadManager how it starts runs, where it said it
/// @param lastSeenAt its last call, to a few seconds
public record Supervisor(
        String group,
        String name,
        @Nullable String version,
        @Nullable String workloadManager,
        Instant lastSeenAt) {}
