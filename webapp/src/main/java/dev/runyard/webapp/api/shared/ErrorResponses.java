package dev.runyard.webapp.api.shared;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
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

    public ErrorResponses(JsonMapper json) {
        this.json = json;
    }

    /// Answers a request with an error.
    public void write(HttpServletResponse response, HttpStatus status, String sentence) throws IOException {
        write(response, status, MediaType.APPLICATION_JSON_VALUE, ApiError.of(sentence));
    }

    /// Answers a request with a problem (RFC 9457) that also has the member `error`.
    public void writeProblem(HttpServletResponse response, HttpStatus status, String sentence) throws IOException {
        writeProblem(response, status, new Problem(status.getReasonPhrase(), sentence, Map.of()));
    }

    /// A problem with members of its own.
    ///
    /// @param title kind of problem
    /// @param detail the sentence that a caller reads
    /// @param more further members
    public record Problem(String title, String detail, Map<String, Object> more) {}

    /// Answers a request with a problem that also has the member `error`.
    public void writeProblem(HttpServletResponse response, HttpStatus status, Problem content) throws IOException {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("title", content.title());
        problem.put("status", status.value());
        problem.put("type", "about:blank");
        problem.put("detail", content.detail());
        problem.putAll(content.more());
        problem.put("error", content.detail());
        write(response, status, MediaType.APPLICATION_PROBLEM_JSON_VALUE, problem);
    }

    private void write(HttpServletResponse response, HttpStatus status, String contentType, Object body)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(status.value());
        response.setHeader(SHOULD_RETRY, Boolean.toString(isRetryable(status)));
        response.setContentType(contentType);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        json.writeValue(response.getOutputStream(), body);
    }

    static boolean isRetryable(HttpStatus status) {
        return status.is5xxServerError() || status == HttpStatus.TOO_MANY_REQUESTS;
    }
}
