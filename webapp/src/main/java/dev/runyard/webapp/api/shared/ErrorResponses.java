package dev.runyard.webapp.api.shared;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Writes errors where no controller runs, such as in filters.
@Component
public class ErrorResponses {
    /// Tells the official client whether to try again; without it, the client decides by the status alone.
    public static final String SHOULD_RETRY = "x-should-retry";

    private final JsonMapper json;

    ErrorResponses(JsonMapper json) {
        this.json = json;
    }

    /// Answers a request with an error.
    public void write(HttpServletResponse response, HttpStatus status, String sentence) throws IOException {
        write(response, status, ApiError.of(sentence));
    }

    /// Answers a request with a body of another shape that has a member `error`.
    public void write(HttpServletResponse response, HttpStatus status, Object body) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(status.value());
        response.setHeader(SHOULD_RETRY, Boolean.toString(isRetryable(status)));
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        json.writeValue(response.getOutputStream(), body);
    }

    static boolean isRetryable(HttpStatus status) {
        return status.is5xxServerError() || status == HttpStatus.TOO_MANY_REQUESTS;
    }
}
