package dev.runyard.webapp.ratelimit;

import dev.runyard.webapp.api.shared.ErrorResponses;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;

/// Tells callers what is left, in the headers that the official client reads, and that nothing is. The reset is in
/// milliseconds: the client waits until then.
final class TooManyCalls {
    private static final long MILLIS = 1_000;

    private final ErrorResponses errors;

    TooManyCalls(ErrorResponses errors) {
        this.errors = errors;
    }

    void addHeaders(HttpServletResponse response, Bucket.Answer answer) {
        response.setHeader("x-ratelimit-limit", String.valueOf(answer.capacity()));
        response.setHeader("x-ratelimit-remaining", String.valueOf(answer.remaining()));
        response.setHeader("x-ratelimit-reset", String.valueOf(answer.resetMillis()));
    }

    /// Refuses a call.
    ///
    /// @param what was called too often, such as `calls`
    void refuse(HttpServletResponse response, Bucket.Answer answer, long now, String what) throws IOException {
        long seconds = Math.max(1, Math.ceilDiv(answer.resetMillis() - now, MILLIS));
        response.setHeader("retry-after", String.valueOf(seconds));
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("reset", answer.resetMillis());
        more.put("limit", answer.capacity());
        more.put("remaining", answer.remaining());
        more.put("secondsUntilReset", seconds);
        String sentence = "Rate limit exceeded: " + answer.capacity() + " " + what
                + " at once, then steadily. Try again in " + seconds + " s.";
        errors.writeProblem(
                response,
                HttpStatus.TOO_MANY_REQUESTS,
                new ErrorResponses.Problem("Rate Limit Exceeded", sentence, more));
    }
}
