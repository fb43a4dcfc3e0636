package dev.runyard.engine.waitpoint;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a completed waitpoint gives to the runs that waited for it.
///
/// @param text serialized output, absent where there is none
/// @param type its media type
/// @param isError whether the wait failed; the text then is a JSON object with `message`
public record WaitpointOutput(
        @Nullable String text, @Nullable String type, boolean isError) {
    /// Nothing but the fact that it is completed.
    public static final WaitpointOutput NONE = new WaitpointOutput(null, null, false);

    private static final String JSON = "application/json";

    public static WaitpointOutput success(@Nullable String text, @Nullable String type) {
        return new WaitpointOutput(text, type, false);
    }

    /// An error as clients read it.
    ///
    /// @param json JSON object with `message`
    public static WaitpointOutput error(String json) {
        return new WaitpointOutput(json, JSON, true);
    }

    /// The error that clients know as a timeout by its code.
    static WaitpointOutput timeout(Instant at) {
        return error("{\"code\":\"TRIGGER_WAITPOINT_TIMEOUT\",\"message\":\"Waitpoint timed out at " + at + "\"}");
    }

    int bytes() {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
