package dev.runyard.engine.claim;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.run.RunState;
import org.jspecify.annotations.Nullable;

/// A run that a supervisor now holds under a lease.
///
/// @param state its state after the claim
/// @param version what to start
/// @param environment where it belongs
/// @param traceParent W3C trace context
/// @param isTest whether it is a test
public record ClaimedRun(
        RunState state,
        WorkerVersion version,
        EnvironmentSettings environment,
        @Nullable String traceParent,
        boolean isTest) {}
