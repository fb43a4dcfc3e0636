package dev.runyard.webapp.telemetry;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.auth.RunIdentity;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Takes OTLP/HTTP in its JSON form. Of the three kinds only logs are kept so far; the answer for the others says so.
@RestController
@Permit(to = Credential.RUN)
@RequestMapping("/otel/v1")
class LogIngestController {
    private static final Logger LOG = LoggerFactory.getLogger(LogIngestController.class);

    private final AppendLogs appendLogs;
    private final JsonMapper json;
    private final TelemetryProperties properties;
    private final InstantSource clock;

    LogIngestController(AppendLogs appendLogs, JsonMapper json, TelemetryProperties properties, InstantSource clock) {
        this.appendLogs = appendLogs;
        this.json = json;
        this.properties = properties;
        this.clock = clock;
    }

    @PostMapping("/logs")
    ResponseEntity<?> logs(@AuthenticationPrincipal RunIdentity run, HttpServletRequest request) throws IOException {
        return withBody(request, body -> {
            OtlpLogs.Parsed parsed = OtlpLogs.parse(body, run.run(), clock.instant(), new OtlpLogs.Limits(json, (int)
                    properties.maxLine().toBytes()));
            int dropped = appendLogs.append(run.run(), parsed.lines());
            if (parsed.foreign() > 0) {
                LOG.warn("run {} sent {} lines in the name of another run", run.run(), parsed.foreign());
            }
            return new LogsResponse(logsRejected(parsed.foreign(), dropped));
        });
    }

    @PostMapping("/traces")
    ResponseEntity<?> traces(@AuthenticationPrincipal RunIdentity run, HttpServletRequest request) throws IOException {
        return withBody(
                request,
                body -> Map.of(
                        "partialSuccess",
                        Map.of(
                                "rejectedSpans",
                                count(body, "resourceSpans", "scopeSpans", "spans"),
                                "errorMessage",
                                "This server does not keep spans yet")));
    }

    @PostMapping("/metrics")
    ResponseEntity<?> metrics(@AuthenticationPrincipal RunIdentity run, HttpServletRequest request) throws IOException {
        return withBody(
                request,
                body -> Map.of(
                        "partialSuccess",
                        Map.of(
                                "rejectedDataPoints",
                                count(body, "resourceMetrics", "scopeMetrics", "metrics"),
                                "errorMessage",
                                "This server does not keep metrics yet")));
    }

    private ResponseEntity<?> withBody(HttpServletRequest request, Function<JsonNode, Object> answer)
            throws IOException {
        String type = request.getContentType();
        if (type != null && type.contains("protobuf")) {
            return error(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Send OTLP as JSON, with content type application/json");
        }
        try {
            int limit = (int) properties.maxBody().toBytes();
            Optional<byte[]> body = TelemetryBody.read(request, limit);
            return body.isEmpty()
                    ? error(HttpStatus.CONTENT_TOO_LARGE, "The body is larger than " + limit + " bytes")
                    : ResponseEntity.ok(answer.apply(json.readTree(body.get())));
        } catch (JacksonException | ZipException e) {
            return error(HttpStatus.BAD_REQUEST, "The body is not the JSON of an OTLP request");
        }
    }

    private static int count(JsonNode body, String outer, String middle, String inner) {
        int found = 0;
        for (JsonNode resource : body.path(outer)) {
            for (JsonNode scope : resource.path(middle)) {
                found += scope.path(inner).size();
            }
        }
        return found;
    }

    private static @Nullable LogsRejected logsRejected(int foreign, int dropped) {
        if (foreign + dropped == 0) {
            return null;
        }
        String sentence = foreign > 0
                ? "Lines that name another run than the token's are refused"
                : "The run has used up the lines that are kept of it";
        return new LogsRejected(foreign + dropped, sentence);
    }

    private static ResponseEntity<?> error(HttpStatus status, String sentence) {
        return ResponseEntity.status(status).header("x-should-retry", "false").body(Map.of("error", sentence));
    }

    /// @param partialSuccess what was not kept; absent where all was
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LogsResponse(@Nullable LogsRejected partialSuccess) {}

    /// @param rejectedLogRecords how many lines were not kept
    /// @param errorMessage why
    record LogsRejected(int rejectedLogRecords, String errorMessage) {}
}
