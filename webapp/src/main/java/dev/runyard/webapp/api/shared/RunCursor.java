package dev.runyard.webapp.api.shared;

import dev.runyard.protocol.id.RunId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Cursors of run lists: opaque to callers, the run at the edge of a page to us.
public final class RunCursor {
    private RunCursor() {}

    /// Writes a cursor.
    public static String encode(RunId run) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(run.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// Reads a cursor, or a plain run id; empty where it is neither.
    public static Optional<RunId> decode(String cursor) {
        return RunIds.parse(cursor).or(() -> {
            try {
                return RunIds.parse(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        });
    }
}
