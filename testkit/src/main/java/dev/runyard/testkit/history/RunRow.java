package dev.runyard.testkit.history;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A run as the database has it at the end.
///
/// @param run its public id
/// @param environment where it belongs
/// @param task its task
/// @param queue its queue
/// @param key its concurrency key
/// @param status what users see
/// @param execution where it stands in the engine
/// @param version its newest version
/// @param attempt number of its newest attempt
/// @param maxAttempts most attempts
/// @param holdsSlot whether it counts against limits
/// @param delayUntil not before this
/// @param output its result
public record RunRow(
        String run,
        String environment,
        String task,
        String queue,
        @Nullable String key,
        String status,
        String execution,
        int version,
        int attempt,
        @Nullable Integer maxAttempts,
        boolean holdsSlot,
        @Nullable Instant delayUntil,
        @Nullable String output) {
    private static final Set<String> FAILED =
            Set.of("COMPLETED_WITH_ERRORS", "CRASHED", "SYSTEM_FAILURE", "EXPIRED", "TIMED_OUT", "INTERRUPTED");

    boolean isFinished() {
        return execution.equals("FINISHED");
    }

    boolean isBlocked() {
        return execution.equals("EXECUTING_WITH_WAITPOINTS") || execution.equals("SUSPENDED");
    }

    boolean hasSucceeded() {
        return status.equals("COMPLETED_SUCCESSFULLY");
    }

    /// Tells whether its idempotency key may be used again.
    boolean hasFailed() {
        return FAILED.contains(status);
    }

    /// The queue's copy that limits count for.
    String scope() {
        return environment + " " + queue + (key == null ? "" : " " + key);
    }
}
