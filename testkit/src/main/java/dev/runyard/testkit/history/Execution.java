package dev.runyard.testkit.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A span in which task code ran, told by that code itself and not by the server.
///
/// @param run the run
/// @param attempt the attempt's number
/// @param from when it began, on a clock that all witnesses and calls of the history share
/// @param to when it ended on that clock, null where its process died in between
/// @param startedAt when it began by the engine's clock
/// @param nonce what it returned, null where it returned nothing
public record Execution(
        String run,
        int attempt,
        long from,
        @Nullable Long to,
        Instant startedAt,
        @Nullable String nonce) {

    /// A process that died was there at least when it began.
    long lastSeen() {
        return to == null ? from : to;
    }
}
